using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rows;

/// <summary>
/// A pooled block of rows that knows where each of them stood in the source: the unit of encoding, sending, commit and error position.
/// </summary>
/// <typeparam name="T">The row type.</typeparam>
[Experimental(ExperimentalFor.Providers)]
public sealed class RowChunk<T>
{
    internal RowChunk(T[] rows, int[]? places)
    {
        Buffer = rows;
        Places = places;
    }

    internal T[] Buffer { get; }

    // Where the rows were sorted: each row's distance from FirstOrdinal in the source.
    internal int[]? Places { get; }

    /// <summary>The ordinal of the earliest row, from 0.</summary>
    public long FirstOrdinal { get; internal set; }

    /// <summary>How many rows there are.</summary>
    public int Count { get; internal set; }

    /// <summary>The rows, in the order in which they are sent.</summary>
    public ReadOnlySpan<T> Rows => Buffer.AsSpan(Start, Count);

    internal int Start { get; set; }

    // Which of the row forms that a load has met these rows have.
    internal int Form { get; init; }

    /// <summary>Whether the rows continue, in key order, those of the chunk before.</summary>
    public bool FollowsOrder { get; internal set; }

    /// <summary>Whether the rows stand as the source gave them, one ordinal after the other.</summary>
    public bool IsInSourceOrder => Places is null;

    /// <summary>Some of the rows, one after the other.</summary>
    internal RowChunk<T> Part(int start, int count) => new(Buffer, Places)
    {
        FirstOrdinal = Places is null ? FirstOrdinal + start : FirstOrdinal,
        Start = Start + start,
        Count = count,
        FollowsOrder = FollowsOrder,
        Form = Form,
    };

    /// <summary>The ordinal in the source of a row of this chunk.</summary>
    public long OrdinalOf(int index) => FirstOrdinal + (Places is null ? index : Places[Start + index]);
}
