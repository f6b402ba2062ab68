using Sluice.Providers;
using Sluice.Rendering;
using Sluice.Rows;
using Sluice.Statements;

namespace Sluice.Reading.Related;

/// <summary>The connection that related rows are read on: that of the rows which they are related to.</summary>
sealed class RelatedConnection(BulkSession session, SqlDialect dialect, CancellationToken cancellationToken)
{
    const int Keys = 5_000;
    const int JoinedKeys = 500;

    internal SqlFeatures Features => dialect.Features;

    /// <summary>
    /// How many keys a statement has. Where there are no arrays, those of several columns are lists that are searched side by side.
    /// </summary>
    internal int KeysAtOnce(RelatedQuery query) => query.ParentColumns.Count == 1 || dialect.Features.Arrays ? Keys : JoinedKeys;

    internal Task<IReadOnlyList<T>> ReadAsync<T>(SelectNode select, ResultShape<T> shape) =>
        session.QueryAsync(dialect.Render(new SqlSelect(select)), shape, cancellationToken);
}
