using Sluice.Providers;
using Sluice.Rendering;
using Sluice.Rows;
using Sluice.Statements;

namespace Sluice.Reading.Related;

/// <summary>The connection that related rows are read on: that of the rows which they are related to.</summary>
sealed class RelatedConnection(BulkSession session, CancellationToken cancellationToken)
{
    const int Keys = 5_000;
    const int JoinedKeys = 500;

    internal SqlFeatures Features => session.Dialect.Features;

    /// <summary>
    /// How many keys a statement has. Where there are no arrays, those of several columns are lists that are searched side by side.
    /// </summary>
    internal int KeysAtOnce(RelatedQuery query) => query.ParentColumns.Count == 1 || session.Dialect.Features.Arrays ? Keys : JoinedKeys;

    internal Task<IReadOnlyList<T>> ReadAsync<T>(SelectNode select, ResultShape<T> shape) =>
        session.QueryAsync(session.Dialect.Render(new SqlSelect(select)), shape, cancellationToken);
}
