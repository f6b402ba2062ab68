using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>Writes rows of several forms, those of each by a writer and a plan of its own.</summary>
/// <param name="open">Opens the writer for a chunk's form.</param>
sealed class FormWriter<T>(Func<RowChunk<T>, ChunkWriter<T>> open) : ChunkWriter<T>
{
    readonly Dictionary<int, ChunkWriter<T>> _writers = [];
    ChunkWriter<T>? _current;
    RowFates _fates;

    public override long Bytes => _writers.Values.Sum(w => w.Bytes);

    ChunkWriter<T> For(RowChunk<T> chunk)
    {
        if (!_writers.TryGetValue(chunk.Form, out var known))
            _writers.Add(chunk.Form, known = open(chunk));
        return known;
    }

    public override async ValueTask WriteAsync(RowChunk<T> chunk, CancellationToken cancellationToken)
    {
        var writer = For(chunk);
        // Each counts what the table has before and after its rows, which those of another must not be among.
        if (_current is not null && _current != writer)
            _fates += await _current.CompleteAsync(cancellationToken).ConfigureAwait(false);
        _current = writer;
        await writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask PauseAsync(CancellationToken cancellationToken) =>
        _current?.PauseAsync(cancellationToken) ?? ValueTask.CompletedTask;

    public override async ValueTask<RowFates> CompleteAsync(CancellationToken cancellationToken)
    {
        if (_current is not null)
            _fates += await _current.CompleteAsync(cancellationToken).ConfigureAwait(false);
        var fates = _fates;
        (_fates, _current) = (default, null);
        return fates;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers.Values)
            await writer.DisposeAsync().ConfigureAwait(false);
    }
}
