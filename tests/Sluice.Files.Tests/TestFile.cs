using System.Text;
using Sluice.Files.Tests.Fakes;
using Sluice.Rows;

namespace Sluice.Files.Tests;

/// <summary>Opens texts as files, and reads files to their end.</summary>
static class TestFile
{
    internal static string Sample(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    internal static Task<FileRows> OpenAsync(string text, FileReadOptions? options = null, string name = "test.csv") =>
        OpenAsync(Encoding.UTF8.GetBytes(text), options, name);

    internal static Task<FileRows> OpenAsync(byte[] bytes, FileReadOptions? options = null, string name = "test.csv", int piece = int.MaxValue) =>
        FileRows.OpenAsync(new DribblingStream(bytes, piece), name, bytes.Length, options);

    /// <summary>The rows as texts.</summary>
    internal static async Task<List<string?[]>> ReadAsync(string text, FileReadOptions? options = null, string name = "test.csv")
    {
        await using var file = await OpenAsync(text, options, name);
        return await ReadAsync(file);
    }

    internal static async Task<List<string?[]>> ReadAsync(FileRows file, int block = 3) =>
        [.. (await RowsAsync(file, block)).Select(row => Enumerable.Range(0, row.Count).Select(i => row[i]).ToArray())];

    internal static async Task<List<FileRow>> RowsAsync(FileRows file, int block = 3)
    {
        var rows = new List<FileRow>();
        var room = new FileRow[block];
        while (await file.ReadAsync(room, TestContext.Current.CancellationToken) is > 0 and var count)
            rows.AddRange(room.AsSpan(0, count));
        return rows;
    }

    /// <summary>The values of all rows, in order, as the sink receives them for a table.</summary>
    internal static async Task<List<object?>> ValuesAsync(FileRows file, Table table)
    {
        var values = new List<object?>();
        var sink = new RecordingSink(values);
        file.Bind(table).Write([.. await RowsAsync(file)], ref sink);
        return values;
    }

    /// <summary>The value that a text becomes in a column of a type that was declared, not detected.</summary>
    internal static async Task<object?> ValueAsync(string text, SqlType type)
    {
        await using var file = await OpenAsync($"""v{'\n'}"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}"{'\n'}""", new() { HasHeader = true, Types = new Dictionary<string, SqlType> { ["v"] = type } });
        return Assert.Single(await ValuesAsync(file, TableOf(("v", type))));
    }

    internal static Table TableOf(params (string Name, SqlType Type)[] columns) =>
        new("t", schema: null, [.. columns.Select(c => Column.For(new Column<string>(c.Name, c.Type) { IsNullable = true }))], []);

    internal static async Task<FileSourceException> RefusedAsync(string text, FileReadOptions? options = null, string name = "test.csv") =>
        await Assert.ThrowsAsync<FileSourceException>(() => ReadAsync(text, options, name));

    internal static async Task<FileSourceException> RefusedAsync(byte[] bytes, FileReadOptions? options = null, string name = "test.csv") =>
        await Assert.ThrowsAsync<FileSourceException>(async () =>
        {
            await using var file = await OpenAsync(bytes, options, name);
            await ReadAsync(file);
        });
}
