using Sluice.Planning;

namespace Sluice.PostgreSql.Planning;

/// <summary>The ways into a table of this database, each with what its writer needs to be told.</summary>
abstract record PostgresPath : PlanPath
{
    private protected PostgresPath()
    {
    }
}

/// <summary>How the bytes of a COPY are made.</summary>
enum CopyFormat
{
    /// <summary>By Sluice's own encoder.</summary>
    Binary,

    /// <summary>As text, which the server reads.</summary>
    Text,

    /// <summary>By the driver.</summary>
    Driver,
}

/// <summary>COPY into the table.</summary>
sealed record CopyPath(CopyFormat Format) : PostgresPath
{
    public override string Name => Format switch
    {
        CopyFormat.Text => "text COPY",
        CopyFormat.Driver => "binary COPY by the driver",
        _ => "binary COPY",
    };
}

/// <summary>Rows that bring nothing: one statement makes any number of them.</summary>
sealed record DefaultRowsPath : PostgresPath
{
    public override string Name => "rows of defaults";
}

/// <summary>One statement over many rows as a relation.</summary>
/// <param name="Count">How the rows are counted that it wrote.</param>
/// <param name="Locks">What gives the locks of changed rows their order.</param>
abstract record SetPath(RowCount Count, LockOrder Locks) : PostgresPath;

/// <summary>The rows go in a parameter for each column.</summary>
sealed record ArrayPath(RowCount Count, LockOrder Locks) : SetPath(Count, Locks)
{
    public override string Name => "arrays";
}

/// <summary>The rows go by COPY to a temporary table.</summary>
/// <param name="MostInArrays">Chunks of up to so many rows go as arrays instead.</param>
/// <param name="IsAsked">Whether the caller asked for it.</param>
/// <param name="Count">See <see cref="SetPath.Count"/>.</param>
/// <param name="Locks">See <see cref="SetPath.Locks"/>.</param>
sealed record StagedPath(int MostInArrays, bool IsAsked, RowCount Count, LockOrder Locks) : SetPath(Count, Locks)
{
    public override string Name => IsAsked ? "COPY to staging, always" : "COPY to staging";
}

/// <summary>A few rows as arrays, in a statement that commits by itself.</summary>
/// <param name="Asked">
/// The statement for more of them, which is counted by questions before and after; null where the plan's own serves any number.
/// </param>
/// <param name="Count">How the rows are counted that the plan's own wrote.</param>
sealed record AtOncePath(RenderedStatement? Asked, RowCount Count) : PostgresPath
{
    public override string Name => "arrays";
}

/// <summary>How the rows are counted that a statement wrote.</summary>
enum RowCount
{
    /// <summary>The server says it of the statement.</summary>
    Reported,

    /// <summary>The statement itself selects how many.</summary>
    Selected,

    /// <summary>The statement returns of each whether it is new.</summary>
    Returned,

    /// <summary>By what the server counts of the table, before and after.</summary>
    Asked,

    /// <summary>By a look at the table afterwards.</summary>
    LookedAfter,

    /// <summary>By the keys that found any row.</summary>
    Keys,
}

/// <summary>What gives the locks of rows that a statement changes their order.</summary>
enum LockOrder
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A statement before locks them.</summary>
    Before,

    /// <summary>The join takes them in that order. See <see cref="OrderedJoin"/>.</summary>
    Join,
}
