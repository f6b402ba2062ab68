using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>Rows with a number behind their own fields, which the encoder adds from its <see cref="Encoding.RowNumbers"/>.</summary>
// The shape does not wrap the sink: that would be a type that holds itself without end, which ahead-of-time compilers refuse.
sealed class NumberedShape<T>(RowShape<T> rows, Column column) : RowShape<T>
{
    public override IReadOnlyList<RowField> Fields { get; } = [.. rows.Fields, new RowField(column.Name, typeof(long)) { IsNullable = false }];

    public override void Write<TSink>(ReadOnlySpan<T> span, ref TSink sink) => rows.Write(span, ref sink);
}
