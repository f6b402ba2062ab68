
namespace Sluice.Providers;

/// <summary>A query as its rows are read without loss.</summary>
/// <param name="Columns">The columns of the result, in order.</param>
/// <param name="Statement">The query in the form that is sent.</param>
/// <param name="IsTypedByValue">Whether each value has a type of its own, which a column without a declared one does not tell.</param>
public sealed record QueryDescription(IReadOnlyList<Column> Columns, RenderedStatement Statement, bool IsTypedByValue);
