namespace Sluice.Generators.Models;

/// <summary>All that the generated half of a row type needs. Values only: no symbol and no place in a file.</summary>
/// <param name="Namespace">Empty for the global one.</param>
/// <param name="Containers">The declarations of the containing types, outermost first, as "partial class Outer".</param>
/// <param name="Declaration">As "partial record struct Metric".</param>
/// <param name="Name">The type's own name.</param>
/// <param name="FullName">The type, fully qualified.</param>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="IsReference">Whether a row can be null.</param>
/// <param name="Table">The table's name.</param>
/// <param name="Schema">The table's schema, or null.</param>
/// <param name="Columns">In declaration order.</param>
/// <param name="Key">Positions in <paramref name="Columns"/>.</param>
/// <param name="ForeignKeys">To other tables.</param>
/// <param name="UniqueKeys">Besides the primary key.</param>
/// <param name="Checks">Of the table.</param>
/// <param name="Relations">To rows of other tables.</param>
/// <param name="Read">How a row is made.</param>
sealed record RowModel(
    string Namespace,
    EquatableArray<string> Containers,
    string Declaration,
    string Name,
    string FullName,
    string HintName,
    bool IsReference,
    string Table,
    string? Schema,
    EquatableArray<ColumnModel> Columns,
    EquatableArray<int> Key,
    EquatableArray<ForeignKeyModel> ForeignKeys,
    EquatableArray<UniqueKeyModel> UniqueKeys,
    EquatableArray<CheckModel> Checks,
    EquatableArray<RelationModel> Relations,
    ReadModel Read);

/// <summary>Columns whose values together occur once.</summary>
sealed record UniqueKeyModel(string Name, EquatableArray<string> Columns);

/// <summary>A condition that every row meets.</summary>
sealed record CheckModel(string Condition, string? Name);

/// <summary>Columns that refer to another table.</summary>
sealed record ForeignKeyModel(EquatableArray<string> Columns, string Table, EquatableArray<string> Referenced);

/// <summary>What came of a row type: its model, or complaints.</summary>
sealed record ParsedRow(RowModel? Model, EquatableArray<DiagnosticModel> Diagnostics);
