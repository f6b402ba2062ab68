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

    internal override SqlBool Equals(Table table, int id) => table.Column<T>("v") == values[id];

    internal override SqlBool In(Table table, int id) => table.Column<T>("v").In(values[id]);
}
