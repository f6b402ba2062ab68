using Sluice.Rows;

namespace Sluice.Planning;

/// <summary>A field of the source and the column that it fills.</summary>
/// <param name="Field">The field.</param>
/// <param name="FieldOrdinal">The field's place among the source's fields, from 0.</param>
/// <param name="Target">The column as the database describes it.</param>
public sealed record PlanColumn(RowField Field, int FieldOrdinal, Column Target);
