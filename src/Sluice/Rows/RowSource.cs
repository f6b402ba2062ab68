using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Sluice.Rows;

namespace Sluice;

/// <summary>Where rows come from. Its static methods make a source from what programs hold rows in.</summary>
public abstract class RowSource : IAsyncDisposable
{
    const DynamicallyAccessedMemberTypes RowMembers =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    private protected RowSource()
    {
    }

    /// <summary>What the rows are, for plans and messages: "airports.csv", "sequence of Metric".</summary>
    public abstract string Name { get; }

    /// <summary>The table that the rows describe themselves for, or null where the caller must name one.</summary>
    public virtual Table? Table => null;

    /// <summary>How far the source has been read, in units of its own, or null where that is unknown.</summary>
    public virtual SourceProgress? Progress => null;

    /// <summary>Of a read that failed, how many rows it had taken before.</summary>
    internal int AtHand { get; private protected set; }

    /// <summary>How many rows there are, where they stand in memory and can be read again; null elsewhere.</summary>
    internal virtual int? CountInMemory => null;

    /// <summary>How many rows of the caller's stand before the first one here.</summary>
    internal virtual long FirstOrdinal => 0;

    /// <summary>Goes back to the first row; only where <see cref="CountInMemory"/> is known.</summary>
    internal virtual void Rewind() => throw new NotSupportedException();

    /// <summary>Rows of a sequence, enumerated once.</summary>
    public static RowSource<T> From<[DynamicallyAccessedMembers(RowMembers)] T>(IEnumerable<T> rows) =>
        new EnumerableSource<T>(rows ?? throw new ArgumentNullException(nameof(rows)), Table.For<T>());

    /// <summary>Rows of an asynchronous sequence, enumerated once.</summary>
    public static RowSource<T> From<[DynamicallyAccessedMembers(RowMembers)] T>(IAsyncEnumerable<T> rows) =>
        new AsyncEnumerableSource<T>(rows ?? throw new ArgumentNullException(nameof(rows)), Table.For<T>());

    /// <summary>Rows of a channel, until its writer completes it.</summary>
    public static RowSource<T> From<[DynamicallyAccessedMembers(RowMembers)] T>(ChannelReader<T> rows) =>
        new ChannelSource<T>(rows ?? throw new ArgumentNullException(nameof(rows)), Table.For<T>());

    /// <summary>Rows of a data reader, from its current result, each column filling the table's column of its name.</summary>
    /// <param name="reader">Read to the end of its result, not closed.</param>
    public static RowSource From(DbDataReader reader) =>
        new DataReaderSource(reader ?? throw new ArgumentNullException(nameof(reader)));

    /// <summary>Rows that are lists of values, in the order of the columns named.</summary>
    /// <param name="columns">The column that each position of a row fills.</param>
    /// <param name="rows">Enumerated once. Every row has exactly as many values as there are columns.</param>
    public static RowSource From(IReadOnlyList<string> columns, IEnumerable<object?[]> rows) =>
        new ObjectArraySource(columns ?? throw new ArgumentNullException(nameof(columns)),
            rows ?? throw new ArgumentNullException(nameof(rows)));

    /// <summary>Rows that are dictionaries from column names to values.</summary>
    /// <param name="rows">
    /// Enumerated once. The first row's keys are the columns; a later row with a key missing or a key too many is refused with its number.
    /// </param>
    public static RowSource From(IEnumerable<IReadOnlyDictionary<string, object?>> rows) =>
        new DictionarySource(rows ?? throw new ArgumentNullException(nameof(rows)));

    /// <summary>Rows that are dictionaries, with a rule for those whose keys differ.</summary>
    /// <param name="rows">Enumerated once.</param>
    /// <param name="keys">The rule.</param>
    public static RowSource From(IEnumerable<IReadOnlyDictionary<string, object?>> rows, DictionaryKeys keys)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(keys);
        return keys.Groups ? new GroupedDictionaries(rows) : new DictionarySource(rows, keys.Defaults);
    }

    /// <summary>The same for dictionaries of the usual type, which would otherwise be taken for a row type of their own.</summary>
    public static RowSource From(IEnumerable<Dictionary<string, object?>> rows) =>
        From((IEnumerable<IReadOnlyDictionary<string, object?>>)rows);

    /// <summary>Rows of JSON: one after the other, as JSON Lines have them, or in one array.</summary>
    /// <param name="json">Read once, a little at a time, in UTF-8. It is not closed.</param>
    /// <param name="type">How a row is made of its JSON: a property of a JsonSerializerContext, for programs that are trimmed.</param>
    /// <remarks>
    /// What is broken, or no such row, fails the load with the row's number (SLU0230). Members that the type lacks are skipped, unless the
    /// type says otherwise.
    /// </remarks>
    public static RowSource<T> FromJson<[DynamicallyAccessedMembers(RowMembers)] T>(Stream json, JsonTypeInfo<T> type) =>
        JsonSource<T>.Of(json ?? throw new ArgumentNullException(nameof(json)), Required(type), Table.For<T>());

    /// <param name="json">Read once, as far as rows are asked for. It is not completed.</param>
    /// <param name="type">How a row is made of its JSON.</param>
    /// <inheritdoc cref="FromJson{T}(Stream, JsonTypeInfo{T})"/>
    public static RowSource<T> FromJson<[DynamicallyAccessedMembers(RowMembers)] T>(PipeReader json, JsonTypeInfo<T> type) =>
        new JsonSource<T>(json ?? throw new ArgumentNullException(nameof(json)), Required(type), Table.For<T>(), ownsReader: false);

    /// <param name="json">The text, in UTF-8.</param>
    /// <param name="type">How a row is made of its JSON.</param>
    /// <inheritdoc cref="FromJson{T}(Stream, JsonTypeInfo{T})"/>
    public static RowSource<T> FromJson<[DynamicallyAccessedMembers(RowMembers)] T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type) =>
        new JsonSource<T>(PipeReader.Create(new(json)), Required(type), Table.For<T>(), ownsReader: true);

    /// <param name="json">Read once, a little at a time, in UTF-8. It is not closed.</param>
    /// <param name="options">Null for the web's defaults: names in camel case, found in any case.</param>
    /// <inheritdoc cref="FromJson{T}(Stream, JsonTypeInfo{T})"/>
    [RequiresUnreferencedCode(ByReflection), RequiresDynamicCode(ByReflection)]
    public static RowSource<T> FromJson<[DynamicallyAccessedMembers(RowMembers)] T>(Stream json, JsonSerializerOptions? options = null) =>
        FromJson(json, TypeOf<T>(options));

    /// <param name="json">Read once, as far as rows are asked for. It is not completed.</param>
    /// <param name="options">Null for the web's defaults: names in camel case, found in any case.</param>
    /// <inheritdoc cref="FromJson{T}(Stream, JsonTypeInfo{T})"/>
    [RequiresUnreferencedCode(ByReflection), RequiresDynamicCode(ByReflection)]
    public static RowSource<T> FromJson<[DynamicallyAccessedMembers(RowMembers)] T>(PipeReader json,
        JsonSerializerOptions? options = null) =>
        FromJson(json, TypeOf<T>(options));

    /// <param name="json">The text, in UTF-8.</param>
    /// <param name="options">Null for the web's defaults: names in camel case, found in any case.</param>
    /// <inheritdoc cref="FromJson{T}(Stream, JsonTypeInfo{T})"/>
    [RequiresUnreferencedCode(ByReflection), RequiresDynamicCode(ByReflection)]
    public static RowSource<T> FromJson<[DynamicallyAccessedMembers(RowMembers)] T>(ReadOnlyMemory<byte> json,
        JsonSerializerOptions? options = null) =>
        FromJson(json, TypeOf<T>(options));

    const string ByReflection = "The serializer looks at the row type while the program runs. Use the overload with a JsonTypeInfo in programs that are trimmed.";

    [RequiresUnreferencedCode(ByReflection), RequiresDynamicCode(ByReflection)]
    static JsonTypeInfo<T> TypeOf<T>(JsonSerializerOptions? options)
    {
        options ??= JsonSerializerOptions.Web;
        options.MakeReadOnly(populateMissingResolver: true);
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }

    static JsonTypeInfo<T> Required<T>(JsonTypeInfo<T> type) => type ?? throw new ArgumentNullException(nameof(type));

    /// <summary>Runs work with this source's own row type.</summary>
    /// <typeparam name="TResult">What the work comes to.</typeparam>
    public abstract Task<TResult> Accept<TResult>(IRowSourceVisitor<TResult> visitor);

    /// <summary>Releases what the source holds open.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
