using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Tests.Rows;

public sealed partial class JsonSourceTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    public sealed record Sale(int Id, string? Name, decimal Price, int[]? Sizes);

    [JsonSerializable(typeof(Sale))]
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    sealed partial class Context : JsonSerializerContext;

    static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);

    // Each byte comes alone, so that every place of the text is once the end of what is there.
    sealed class Trickle(byte[] bytes) : Stream
    {
        int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at == bytes.Length)
                return 0;
            buffer[offset] = bytes[_at++];
            return 1;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    static IEnumerable<RowSource<Sale>> Ways(string json) =>
    [
        RowSource.FromJson<Sale>(new MemoryStream(Bytes(json))),
        RowSource.FromJson<Sale>(new Trickle(Bytes(json))),
        RowSource.FromJson<Sale>(PipeReader.Create(new Trickle(Bytes(json)))),
        RowSource.FromJson<Sale>(new ReadOnlyMemory<byte>(Bytes(json))),
        RowSource.FromJson(new MemoryStream(Bytes(json)), Context.Default.Sale),
        RowSource.FromJson(PipeReader.Create(new MemoryStream(Bytes(json))), Context.Default.Sale),
        RowSource.FromJson(new ReadOnlyMemory<byte>(Bytes(json)), Context.Default.Sale),
    ];

    static async Task<(List<Sale> Rows, BulkRowException? Failure)> ReadAsync(RowSource<Sale> source, int atATime)
    {
        var rows = new List<Sale>();
        await using (source)
        {
            var block = new Sale[atATime];
            try
            {
                while (await source.ReadAsync(block, Token) is > 0 and var count)
                    rows.AddRange(block[..count]);
                return (rows, null);
            }
            catch (BulkRowException failure)
            {
                return (rows, failure);
            }
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" \r\n ", "")]
    [InlineData("[]", "")]
    [InlineData("\uFEFF [ ] ", "")]
    [InlineData("""{"id":1}""", "1")]
    [InlineData("\uFEFF{\"id\":1}\n", "1")]
    [InlineData("{\"id\":1}\n\r\n{\"id\":22,\"name\":\"[a\\\"}\",\"sizes\":[1,2]}\n{\"id\":3,\"more\":{\"x\":[{}]}}", "1 22 3")]
    [InlineData("""{"id":1}{"id":2} {"ID":3}""", "1 2 3")]
    [InlineData(""" [ {"id":1} , {"id":22,"sizes":[1,2]},{"id":3} ] """, "1 22 3")]
    public async Task Rows_come_one_after_the_other_or_in_an_array(string json, string ids)
    {
        foreach (var atATime in new[] { 1, 2, 100 })
        {
            foreach (var source in Ways(json))
            {
                var (rows, failure) = await ReadAsync(source, atATime);
                Assert.Null(failure);
                Assert.Equal(ids, string.Join(' ', rows.Select(r => r.Id)));
                Assert.All(rows, r => Assert.Equal(r.Id == 22 ? [1, 2] : null, r.Sizes));
            }
        }
    }

    [Theory]
    [InlineData("{\"id\":1}\n{\"id\":\"no\"}", 2, ", at $.id")]
    [InlineData("""[{"id":1},{"id":2},{"id":3,"price":true}]""", 3, ", at $.price")]
    [InlineData("{\"id\":1}\nnope\n{\"id\":3}", 2, "")]
    [InlineData("nope", 1, "")]
    [InlineData("""{"id":1},{"id":2}""", 2, "")]
    [InlineData("""[{"id":1} {"id":2}]""", 2, "")]
    [InlineData("""[{"id":1}""", 2, "")]
    [InlineData("{\"id\":1}\n{\"id\":", 2, "")]
    [InlineData("""[{"id":1}] {"id":2}""", 2, "")]
    [InlineData("""[{"id":1},[{"id":2}]]""", 2, "")]
    [InlineData("""[{"id":1},]""", 2, "")]
    public async Task What_is_broken_is_named_by_its_row_behind_those_before_it(string json, long row, string place)
    {
        foreach (var atATime in new[] { 1, 2, 100 })
        {
            foreach (var source in Ways(json))
            {
                var (rows, failure) = await ReadAsync(source, atATime);
                Assert.Equal(Enumerable.Range(1, (int)row - 1), rows.Select(r => r.Id));
                Assert.Equal(("SLU0230", row), (failure!.Code, failure.RowNumber));
                Assert.Contains($"'Sale' can be made of{place}.", failure.Message, StringComparison.Ordinal);
                Assert.IsType<JsonException>(failure.InnerException, exactMatch: false);
            }
        }
    }

    [Fact]
    public async Task A_message_repeats_nothing_of_what_was_read()
    {
        var (_, failure) = await ReadAsync(RowSource.FromJson<Sale>(Bytes("secret-of-some-length")), 10);
        Assert.DoesNotContain("secret", failure!.Message, StringComparison.Ordinal);
        Assert.Contains("Row 1 (from byte 0)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_options_are_the_serializer_s()
    {
        var options = new JsonSerializerOptions { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, PropertyNamingPolicy = JsonNamingPolicy.KebabCaseUpper };
        var (rows, failure) = await ReadAsync(RowSource.FromJson<Sale>(Bytes("/* all */ [{\"ID\":1,/* one */\"PRICE\":2.5,}, // end\n]"), options), 10);
        Assert.Null(failure);
        Assert.Equal(new Sale(1, null, 2.5m, null), Assert.Single(rows));
        Assert.Equal(1, (await ReadAsync(RowSource.FromJson<Sale>(Bytes("""{"id":1,"extra":1}"""), new JsonSerializerOptions(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow }), 10)).Failure!.RowNumber);
    }

    [Fact]
    public async Task No_more_is_read_than_the_rows_that_are_asked_for_need()
    {
        var json = Bytes(string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{{\"id\":{i},\"name\":\"some name\"}}\n")));
        using var stream = new MemoryStream(json);
        await using var source = RowSource.FromJson<Sale>(stream);
        var block = new Sale[1_000];
        var read = 0;
        while (read < 100_000)
        {
            read += await source.ReadAsync(block, Token);
            Assert.InRange(stream.Position, 0, (read * 36L) + (256 * 1024));
        }
    }

    [Fact]
    public async Task A_row_that_is_larger_than_any_buffer_is_read()
    {
        var name = new string('n', 5_000_000);
        var (rows, failure) = await ReadAsync(RowSource.FromJson<Sale>(new MemoryStream(Bytes($"{{\"id\":1,\"name\":\"{name}\"}}\n{{\"id\":2}}"))), 10);
        Assert.Null(failure);
        Assert.Equal([name, null], rows.Select(r => r.Name));
    }
}
