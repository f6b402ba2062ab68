using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sluice.Rows;

/// <summary>Rows of JSON Lines, or of one JSON array, each made when it is asked for.</summary>
/// <param name="json">The bytes.</param>
/// <param name="type">How a row is made of its JSON.</param>
/// <param name="table">The table of the rows' type.</param>
/// <param name="ownsReader">Whether the reader was made for the source.</param>
sealed class JsonSource<T>(PipeReader json, JsonTypeInfo<T> type, Table<T> table, bool ownsReader) : TypedSource<T>(table)
{
    const int BufferBytes = 64 * 1024;
    const int MarkBytes = 3;

    JsonReaderState _state = new(new JsonReaderOptions
    {
        AllowMultipleValues = true,
        AllowTrailingCommas = type.Options.AllowTrailingCommas,
        // A comment is no token: all but values are skipped.
        CommentHandling = type.Options.ReadCommentHandling is JsonCommentHandling.Skip
            ? JsonCommentHandling.Skip
            : JsonCommentHandling.Disallow,
        MaxDepth = type.Options.MaxDepth,
    });

    BulkRowException? _failure;
    JsonPlace _place;
    bool _begun;
    long _rows;
    long _bytes;

    // As much as a row takes that was not all there: asked for its end at each new byte, a large one would be read again and again.
    // The first bytes say whether the text begins with a mark of its encoding.
    int _wanted = MarkBytes;

    public override string Name => $"JSON of {RowKind.NameOf(typeof(T))}";

    internal static JsonSource<T> Of(Stream json, JsonTypeInfo<T> type, Table<T> table) =>
        new(PipeReader.Create(json, new StreamPipeReaderOptions(bufferSize: BufferBytes, leaveOpen: true)), type, table, ownsReader: true);

    public override async ValueTask<int> ReadAsync(Memory<T> block, CancellationToken cancellationToken)
    {
        var count = AtHand = 0;
        while (count == 0 && _place is not JsonPlace.End)
        {
            if (_failure is not null)
                throw _failure;
            var input = await json.ReadAtLeastAsync(_wanted, cancellationToken).ConfigureAwait(false);
            if (input.IsCanceled)
                throw new OperationCanceledException("The reading was cancelled by its PipeReader.");
            try
            {
                count = Take(input.Buffer, input.IsCompleted, block.Span, out var consumed, out var isUsedUp);
                json.AdvanceTo(consumed, isUsedUp ? input.Buffer.End : consumed);
            }
            finally
            {
                _rows += AtHand;
            }
        }
        return count;
    }

    /// <summary>Makes rows of what is there.</summary>
    int Take(ReadOnlySequence<byte> bytes, bool isAll, Span<T> block, out SequencePosition consumed, out bool isUsedUp)
    {
        AtHand = 0;
        isUsedUp = false;
        bytes = bytes.Slice(BeginAt(bytes));
        var reader = new Utf8JsonReader(bytes, isAll, _state);
        try
        {
            while (AtHand < block.Length && !isUsedUp)
            {
                var ahead = reader;
                if (TryNext(ref ahead, isAll, out var isRow))
                {
                    if (isRow)
                    {
                        block[AtHand] = JsonSerializer.Deserialize(ref ahead, type)!;
                        AtHand++;
                    }
                    reader = ahead;
                }
                else
                {
                    isUsedUp = true;
                }
            }
        }
        catch (JsonException refused)
        {
            // The rows before it are handed over first.
            _failure = RowProblems.NotJson(_rows + AtHand + 1, _bytes + reader.BytesConsumed, typeof(T), refused);
        }
        consumed = reader.Position;
        _state = reader.CurrentState;
        _bytes += reader.BytesConsumed;
        _wanted = isUsedUp ? (int)Math.Min(int.MaxValue, Math.Max(1, 2 * (bytes.Length - reader.BytesConsumed))) : 1;
        return AtHand;
    }

    /// <summary>Goes to the next value, where all of it is there.</summary>
    /// <returns>False where more is needed, or the end was reached.</returns>
    bool TryNext(ref Utf8JsonReader reader, bool isAll, out bool isRow)
    {
        isRow = false;
        if (!reader.Read())
        {
            if (isAll)
                _place = JsonPlace.End;
            return false;
        }
        if (reader.TokenType is JsonTokenType.StartArray && _place is JsonPlace.Start)
        {
            _place = JsonPlace.Array;
            return true;
        }
        if (_place is JsonPlace.Behind)
            throw new JsonException("Something follows the array.");
        if (reader.TokenType is JsonTokenType.EndArray)
        {
            _place = JsonPlace.Behind;
            return true;
        }
        var end = reader;
        if (!end.TrySkip())
            return false;
        if (_place is JsonPlace.Start)
            _place = JsonPlace.Lines;
        return isRow = true;
    }

    // A mark of the encoding may stand before the text: https://www.rfc-editor.org/rfc/rfc8259#section-8.1.
    int BeginAt(ReadOnlySequence<byte> bytes)
    {
        Span<byte> first = stackalloc byte[MarkBytes];
        if (_begun || bytes.Length < first.Length)
            return 0;
        _begun = true;
        bytes.Slice(0, first.Length).CopyTo(first);
        var length = first.SequenceEqual("\uFEFF"u8) ? first.Length : 0;
        _bytes += length;
        return length;
    }

    public override async ValueTask DisposeAsync()
    {
        if (ownsReader)
            await json.CompleteAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}

/// <summary>Where in its text a source of JSON is.</summary>
enum JsonPlace
{
    /// <summary>Before the first value, which says whether rows stand in an array.</summary>
    Start,

    /// <summary>Among rows one after the other.</summary>
    Lines,

    /// <summary>Within the array.</summary>
    Array,

    /// <summary>Behind the array.</summary>
    Behind,

    /// <summary>At the end.</summary>
    End,
}
