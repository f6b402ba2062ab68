namespace Sluice.Rows;

/// <summary>Work that needs a source's row type as a type argument.</summary>
interface IRowSourceVisitor<TResult>
{
    Task<TResult> VisitAsync<T>(RowSource<T> source);

    /// <summary>Visits sources one after the other, each to its end before the next is asked for.</summary>
    Task<TResult> VisitRunsAsync(IEnumerable<RowSource<object?[]>> runs);
}
