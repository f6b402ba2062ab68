using Sluice.Planning;

namespace Sluice.Sqlite.Planning;

/// <summary>The ways into a table of this database: prepared statements that are bound and stepped.</summary>
abstract record SqlitePath : PlanPath
{
    private protected SqlitePath()
    {
    }

    public override string Name => "prepared rows";
}

/// <summary>An INSERT of several rows, which is the plan's statement, and one of a single row for what is left over.</summary>
/// <param name="Rows">How many rows the plan's statement takes.</param>
/// <param name="Single">The text of the INSERT of one row; where a statement takes no more, the plan's own.</param>
sealed record SeveralRows(int Rows, string Single) : SqlitePath;

/// <summary>The plan's statement runs for every row.</summary>
sealed record EachRow : SqlitePath;
