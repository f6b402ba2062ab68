namespace Sluice;

/// <summary>Columns whose values must stand in another table.</summary>
/// <param name="Columns">The referring columns of this table, in the order of <paramref name="ReferencedColumns"/>.</param>
/// <param name="ReferencedTable">The name of the other table, with its schema where it is not the default one.</param>
/// <param name="ReferencedColumns">The columns there.</param>
public sealed record ForeignKey(IReadOnlyList<string> Columns, string ReferencedTable, IReadOnlyList<string> ReferencedColumns)
{
    /// <summary>The referring columns of this table.</summary>
    public IReadOnlyList<string> Columns { get; init => field = Seq.Of(value); } = Seq.Of(Columns);

    /// <summary>The columns of the other table, in the order of <see cref="Columns"/>.</summary>
    public IReadOnlyList<string> ReferencedColumns { get; init => field = Seq.Of(value); } = Seq.Of(ReferencedColumns);

    /// <summary>The constraint's name, or null where it has none.</summary>
    public string? Name { get; init; }
}
