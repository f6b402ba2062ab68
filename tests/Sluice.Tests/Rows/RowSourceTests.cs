using System.Collections;
using System.Data;
using System.Threading.Channels;
using Sluice.Rows;
using Sluice.Tests.Loads;

namespace Sluice.Tests.Rows;

/// <summary>Each kind of source, read in blocks of several sizes.</summary>
public sealed class RowSourceTests
{
    static readonly Keyed<int, string, double>[] s_rows = [.. Enumerable.Range(0, 25).Select(i => new Keyed<int, string, double>(i, "row " + i, i / 4.0))];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(25)]
    [InlineData(100)]
    public async Task Every_kind_of_source_gives_the_same_rows(int block)
    {
        Assert.Equal(s_rows, await ReadAsync(RowSource.From(s_rows), block));
        Assert.Equal(s_rows, await ReadAsync(RowSource.From(new List<Keyed<int, string, double>>(s_rows)), block));
        Assert.Equal(s_rows, await ReadAsync(RowSource.From(s_rows.Where(_ => true)), block));
        Assert.Equal(s_rows, await ReadAsync(RowSource.From(Later()), block));
        Assert.Equal(s_rows, await ReadAsync(RowSource.From(Channeled()), block));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Rows_without_a_type_are_their_values(int block)
    {
        object?[][] expected = [.. s_rows.Select(r => new object?[] { r.A, r.B, r.C })];
        using var data = new DataTable();
        data.Columns.Add("a", typeof(int));
        data.Columns.Add("b", typeof(string));
        data.Columns.Add("c", typeof(double));
        foreach (var row in expected)
            data.Rows.Add(row);
        await using var reader = data.CreateDataReader();

        Assert.Equal(expected, await ReadAsync((RowSource<object?[]>)RowSource.From(reader), block));
        Assert.Equal(expected, await ReadAsync((RowSource<object?[]>)RowSource.From(["a", "b", "c"], expected), block));
        Assert.Equal(expected, await ReadAsync((RowSource<object?[]>)RowSource.From(s_rows.Select(r => new Dictionary<string, object?> { ["a"] = r.A, ["b"] = r.B, ["c"] = r.C })), block));
    }

    [Fact]
    public async Task A_sequence_is_enumerated_once_and_disposed_once()
    {
        var rows = new Once(s_rows);
        Assert.Equal(s_rows, await ReadAsync(RowSource.From(rows), 10));
        Assert.Equal((1, 1), (rows.Enumerations, rows.Disposals));
    }

    [Fact]
    public async Task A_sequence_is_not_touched_before_the_first_read()
    {
        var rows = new Once(s_rows);
        await using (RowSource.From(rows))
            Assert.Equal(0, rows.Enumerations);
    }

    static async Task<List<T>> ReadAsync<T>(RowSource<T> source, int block)
    {
        await using (source)
        {
            var rows = new List<T>();
            // A data reader's columns are asked for once, when the plan is made.
            if (source is not RowSource<Keyed<int, string, double>>)
                source.Bind(new Sluice.Table("t", null, [new Sluice.Column<int>("a", Sluice.SqlType.Integer), new Sluice.Column<string>("b", Sluice.SqlType.Text), new Sluice.Column<double>("c", Sluice.SqlType.Double)], []));
            var buffer = new T[block];
            for (int count; (count = await source.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0;)
                rows.AddRange(buffer[..count]);
            return rows;
        }
    }

    static async IAsyncEnumerable<Keyed<int, string, double>> Later()
    {
        foreach (var row in s_rows)
        {
            if (row.A % 3 == 0)
                await Task.Yield();
            yield return row;
        }
    }

    static ChannelReader<Keyed<int, string, double>> Channeled()
    {
        var channel = Channel.CreateBounded<Keyed<int, string, double>>(4);
        _ = Task.Run(async () =>
        {
            foreach (var row in s_rows)
                await channel.Writer.WriteAsync(row);
            channel.Writer.Complete();
        });
        return channel.Reader;
    }

    sealed class Once(Keyed<int, string, double>[] rows) : IEnumerable<Keyed<int, string, double>>
    {
        public int Enumerations { get; private set; }

        public int Disposals { get; private set; }

        public IEnumerator<Keyed<int, string, double>> GetEnumerator()
        {
            Enumerations++;
            return Enumerate();
        }

        IEnumerator<Keyed<int, string, double>> Enumerate()
        {
            try
            {
                foreach (var row in rows)
                    yield return row;
            }
            finally
            {
                Disposals++;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [Fact]
    public void What_is_no_row_type_says_which_call_to_use()
    {
        (string Call, Action From)[] refused =
        [
            ("RowSource.From(rows)", () => Sluice.Table.For<Dictionary<string, object?>>()),
            ("RowSource.From(rows)", () => RowSource.From<Dictionary<string, string>>([new() { ["a"] = "b" }])),
            ("RowSource.From([\"a\", \"b\"], rows)", () => RowSource.From<object?[]>([[1]])),
            ("v => new object?[] { v }", () => RowSource.From(["text"])),
            ("v => new object?[] { v }", () => RowSource.From([1, 2])),
            ("v => new object?[] { v }", () => RowSource.From(new List<Guid?>())),
        ];
        foreach (var (call, from) in refused)
        {
            var failure = Assert.Throws<BulkPlanException>(from);
            Assert.Equal("SLU0182", failure.Code);
            Assert.Contains(call, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_of_an_anonymous_type_name_no_table()
    {
        var source = RowSource.From(new[] { new { Id = 1, FirstName = "a" } });
        Assert.Null(source.Table);
        Assert.Equal("sequence of an anonymous type", source.Name);
    }
}
