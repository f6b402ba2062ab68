using System.Collections;
using System.Data;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Rows;

namespace Sluice.Specification.Law;

/// <summary>A row of one value, found by its number.</summary>
public sealed record LawRow<T>([property: System.ComponentModel.DataAnnotations.Key] int Id, T V);

/// <summary>A row that is found by its value.</summary>
public sealed record LawKey<T>([property: System.ComponentModel.DataAnnotations.Key] T V, int N);

/// <summary>A .NET type of the matrix: its values, and rows of them from every source.</summary>
public abstract class LawType
{
    private protected LawType()
    {
    }

    internal abstract string Name { get; }

    internal abstract IReadOnlyList<object> Values { get; }

    internal abstract RowSource Typed(IReadOnlyList<int> ids);

    internal abstract RowSource TypedKeys(IReadOnlyList<int> ids, int number);

    /// <summary>A stored value as a property of the type.</summary>
    internal abstract Task<object?> ReadAsync(Engine engine, Table table, int id);

    internal abstract SqlBool Equals(Table table, int id);

    internal abstract SqlBool In(Table table, int id);

    /// <summary>
    /// How a stored value compares with each other value of the type, in one condition; null where the type or the column has another order
    /// than .NET.
    /// </summary>
    internal abstract SqlBool? Ordered(Table table, LawFamily family, int id);

    /// <summary>Writes rows and gives, by their numbers, the values that came back.</summary>
    internal abstract Task<IReadOnlyList<(int Id, object? Value)>> ReturnedAsync(Engine engine, Table table, IReadOnlyList<int> ids,
        bool isUpsert);

    /// <summary>Whether rows can be related by values of the type.</summary>
    internal abstract bool IsRelating { get; }

    /// <summary>Writes a row and one that is related to it by a value.</summary>
    internal abstract Task RelateAsync(Engine engine, int id);

    /// <summary>The numbers of the related rows, by the rows.</summary>
    internal abstract Task<string> RelatedAsync(Engine engine, IncludeStrategy strategy);

    internal RowSource Lists(IReadOnlyList<int> ids) => RowSource.From(["id", "v"], [.. ids.Select(i => new object?[] { i, Values[i] })]);

    internal RowSource Dictionaries(IReadOnlyList<int> ids) =>
        RowSource.From(ids.Select(i => new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = i, ["v"] = Values[i] }));

    internal RowSource KeyLists(IReadOnlyList<int> ids, int number) => RowSource.From(["v", "n"], [.. ids.Select(i => new object?[] { Values[i], number })]);

    internal RowSource Reader(IReadOnlyList<int> ids)
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("id", typeof(int));
        table.Columns.Add("v", typeof(object));
        foreach (var i in ids)
            table.Rows.Add(i, Values[i]);
        return RowSource.From(table.CreateDataReader());
    }

    internal string Print(int id) => $"{Name} {Print(Values[id])}";

    static string Print(object? value) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text),
        char character => JsonSerializer.Serialize(character),
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        JsonElement json => json.GetRawText(),
        JsonDocument json => json.RootElement.GetRawText(),
        JsonNode json => json.ToJsonString(),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Print))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

sealed class LawType<T>(params T[] values) : LawType
{
    internal override string Name { get; } = typeof(T).IsGenericType ? "List<int>" : typeof(T).Name;

    internal override IReadOnlyList<object> Values { get; } = [.. values.Cast<object>()];

    internal override RowSource Typed(IReadOnlyList<int> ids) => RowSource.From(ids.Select(i => new LawRow<T>(i, values[i])));

    internal override RowSource TypedKeys(IReadOnlyList<int> ids, int number) => RowSource.From(ids.Select(i => new LawKey<T>(values[i], number)));

    internal override async Task<object?> ReadAsync(Engine engine, Table table, int id) =>
        (await engine.QuerySingleAsync<LawRow<T>>(Sql.Select(table).From(table).Where(table.Column<int>("id") == id))).V;

    internal override async Task<IReadOnlyList<(int Id, object? Value)>> ReturnedAsync(Engine engine, Table table, IReadOnlyList<int> ids,
        bool isUpsert)
    {
        var rows = RowSource.From(ids.Select(i => new LawRow<T>(i, values[i])));
        var returned = new List<(int, object?)>();
        await foreach (var (row, value, _) in isUpsert ? engine.UpsertReturningAsync(rows, table.Column<T>("v"), table) : engine.InsertReturningAsync(rows, table.Column<T>("v"), table))
            returned.Add((row.Id, value));
        return returned;
    }

    internal override bool IsRelating { get; } = Type.GetTypeCode(typeof(T)) is (>= TypeCode.SByte and <= TypeCode.Int64) or TypeCode.Decimal or TypeCode.DateTime or TypeCode.String && !typeof(T).IsEnum
        || typeof(T) == typeof(Guid) || typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(DateOnly);

    internal override async Task<string> RelatedAsync(Engine engine, IncludeStrategy strategy)
    {
        var parents = Table.For<LawParent<T>>();
        var related = parents.ToMany(p => p.Children);
        var rows = await engine.QueryAsync<LawParent<T>>(Sql.Select(parents).From(parents).Include(related, strategy));
        return string.Join(',', rows.Select(r => string.Join('+', r.Children.Select(c => c.Id))));
    }

    internal override async Task RelateAsync(Engine engine, int id)
    {
        await engine.InsertAsync([new LawParent<T> { V = values[id], N = id }]);
        await engine.InsertAsync([new LawChild<T> { Id = id, ParentV = values[id] }]);
    }

    internal override SqlBool Equals(Table table, int id) => table.Column<T>("v") == values[id];

    internal override SqlBool In(Table table, int id) => table.Column<T>("v").In(values[id]);

    internal override SqlBool? Ordered(Table table, LawFamily family, int id)
    {
        if (!IsOrdered(family) || IsNaN(values[id]))
            return null;
        var column = table.Column<T>("v");
        return values.Where(v => !IsNaN(v) && !IsLike(values[id], v)).Select(v => Comparer<T>.Default.Compare(values[id], v) switch
        {
            0 => column >= v,
            < 0 => column < v,
            _ => column > v,
        }).Aggregate((one, other) => one & other);
    }

    // Times of other kinds are refused beside each other, and those that differ by a tick may be one where ticks are not kept.
    static bool IsLike(T value, T other) => (value is DateTime time && other is DateTime moment && time.Kind != moment.Kind)
        || (!Equals(value, other) && LawTimes.Kept(value, 6) is { } kept && kept.Equals(LawTimes.Kept(other, 6)));

    static bool IsNaN(T value) => value is double.NaN or float.NaN;

    static bool IsOrdered(LawFamily family) => Type.GetTypeCode(typeof(T)) switch
    {
        _ when typeof(T).IsEnum || typeof(T) == typeof(bool) || typeof(T) == typeof(char) => false,
        >= TypeCode.SByte and <= TypeCode.Decimal => family is LawFamily.Number,
        TypeCode.DateTime => family is LawFamily.Timestamp,
        _ when typeof(T) == typeof(DateTimeOffset) => family is LawFamily.Timestamp,
        _ when typeof(T) == typeof(DateOnly) => family is LawFamily.Date,
        _ when typeof(T) == typeof(TimeOnly) => family is LawFamily.Time,
        _ when typeof(T) == typeof(TimeSpan) => family is LawFamily.Span,
        _ => false,
    };
}
