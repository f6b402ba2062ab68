namespace Sluice;

/// <summary>Columns whose values together occur once, by a constraint or an index.</summary>
/// <param name="Name">The name of the constraint or index.</param>
/// <param name="Columns">The columns in the key's order; empty where the key is on expressions.</param>
public sealed record UniqueKey(string Name, IReadOnlyList<string> Columns)
{
    /// <summary>The columns in the key's order; empty where the key is on expressions.</summary>
    public IReadOnlyList<string> Columns { get; init => field = Seq.Of(value); } = Seq.Of(Columns);

    /// <summary>The condition that rows must meet to be in the key, or null where all are.</summary>
    public string? Predicate { get; init; }

    /// <summary>Whether null equals null in this key.</summary>
    /// <value>False, as the standard has it.</value>
    public bool NullsNotDistinct { get; init; }

    /// <summary>Whether it may be broken until the transaction ends. No upsert finds rows by such a key.</summary>
    /// <value>False.</value>
    public bool IsDeferrable { get; init; }

    /// <summary>Whether this is the primary key.</summary>
    /// <value>False.</value>
    public bool IsPrimary { get; init; }
}

/// <summary>A condition that every row of a table meets.</summary>
/// <param name="Condition">In the database's SQL.</param>
public sealed record CheckConstraint(string Condition)
{
    /// <summary>The constraint's name, or null where it has none.</summary>
    public string? Name { get; init; }
}
