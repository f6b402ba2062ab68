namespace Sluice.Rows;

/// <summary>Work that needs a source's row type as a type argument.</summary>
interface IRowSourceVisitor<TResult>
{
    Task<TResult> VisitAsync<T>(RowSource<T> source);
}
