using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>Which row of the source stands at each line of the COPY that is open.</summary>
/// <remarks>
/// A chunk in source order takes one entry, joined with the one before it where that goes on; a sorted chunk keeps its ordinals.
/// </remarks>
sealed class LineMap
{
    readonly List<(long FirstLine, long FirstOrdinal, long[]? Ordinals)> _runs = [];
    long _lines;

    internal long Lines => _lines;

    internal void Add<T>(RowChunk<T> chunk)
    {
        long[]? ordinals = null;
        if (!chunk.IsInSourceOrder)
        {
            ordinals = new long[chunk.Count];
            for (var i = 0; i < ordinals.Length; i++)
                ordinals[i] = chunk.OrdinalOf(i);
        }
        if (ordinals is not null || _runs.Count == 0 || _runs[^1].Ordinals is not null || _runs[^1].FirstOrdinal + _lines - _runs[^1].FirstLine != chunk.FirstOrdinal)
            _runs.Add((_lines, chunk.FirstOrdinal, ordinals));
        _lines += chunk.Count;
    }

    internal void Clear()
    {
        _runs.Clear();
        _lines = 0;
    }

    /// <summary>The ordinal of a line counted from 1, or null where no row stands there.</summary>
    internal long? OrdinalOf(long line)
    {
        var index = line - 1;
        if (index < 0 || index >= _lines)
            return null;
        var run = _runs.FindLast(r => r.FirstLine <= index);
        return run.Ordinals is null ? run.FirstOrdinal + index - run.FirstLine : run.Ordinals[index - run.FirstLine];
    }
}
