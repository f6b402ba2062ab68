
namespace Sluice.Rows;

/// <summary>A source of rows whose type has a table.</summary>
abstract class TypedSource<T>(Table<T> table) : RowSource<T>
{
    public override Table? Table => RowKind.IsAnonymous(typeof(T)) ? null : table;

    public override RowShape<T> Bind(Table target) => table.Rows;
}
