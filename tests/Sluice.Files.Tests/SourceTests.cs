using System.Text;
using Sluice.Files.Tests.Fakes;

namespace Sluice.Files.Tests;

public class SourceTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missing_file_and_a_folder_are_unreadable()
    {
        var missing = await Assert.ThrowsAsync<FileSourceException>(() => FileRows.OpenAsync("no/such.csv", cancellationToken: Token));
        var folder = await Assert.ThrowsAsync<FileSourceException>(() => FileRows.OpenAsync(AppContext.BaseDirectory, cancellationToken: Token));

        Assert.Equal(("SLU0501", true, "no/such.csv"), (missing.Code, missing.IsUnreadable, missing.Path));
        Assert.Contains("There is no file 'no/such.csv'", missing.Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", folder.Message, StringComparison.Ordinal);
        Assert.True(folder.IsUnreadable);
    }

    [Theory]
    [InlineData("test.csv")]
    [InlineData("test.jsonl")]
    public async Task A_source_that_fails_midway_is_unreadable_and_its_partial_row_is_none(string name)
    {
        var text = name == "test.csv" ? "a,b\n1,x\n2,y\n3,whole?" : "{\"a\":1}\n{\"a\":2}\n{\"a\":3}";
        var bytes = Encoding.UTF8.GetBytes(text);

        var e = await Assert.ThrowsAsync<FileSourceException>(() => FileRows.OpenAsync(new FailingStream(bytes), name, length: null, cancellationToken: Token));

        Assert.Equal(("SLU0502", true), (e.Code, e.IsUnreadable));
        Assert.IsType<IOException>(e.InnerException);
        Assert.Contains("The device is gone.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_before_a_failure_of_the_source_are_read()
    {
        var bytes = Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat("1,x\n", 50_000)));
        await using var file = await FileRows.OpenAsync(new FailingStream(bytes, 4_096), "test.csv", length: null, new() { SampleRows = 10 }, Token);
        var read = 0;

        var e = await Assert.ThrowsAsync<FileSourceException>(async () =>
        {
            var rows = new FileRow[100];
            while (await file.ReadAsync(rows, Token) is > 0 and var count)
                read += count;
        });

        Assert.True(e.IsUnreadable);
        Assert.InRange(read, 30_000, 50_000);
    }

    [Fact]
    public async Task A_file_that_shrinks_while_it_is_read_is_unreadable()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "a,b\n" + string.Concat(Enumerable.Repeat("1,xxxxxxxxxx\n", 50_000)), Token);
            await using var file = await FileRows.OpenAsync(path, new() { SampleRows = 10 }, Token);
            await using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                stream.SetLength(300_000);

            var e = await Assert.ThrowsAsync<FileSourceException>(() => TestFile.ReadAsync(file, block: 100));

            Assert.Equal(("SLU0524", true), (e.Code, e.IsUnreadable));
            Assert.Contains("650,004 bytes when it was opened, but ended after 300,000", e.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Progress_counts_the_bytes_of_the_file()
    {
        var path = TestFile.Sample("airports.csv");
        await using var file = await FileRows.OpenAsync(path, new() { SampleRows = 10 }, Token);
        var early = file.Progress!.Value;

        await TestFile.RowsAsync(file, block: 500);

        var length = new FileInfo(path).Length;
        Assert.InRange(early.Done, 1, length - 1);
        Assert.Equal((length, (long?)length), (file.Progress!.Value.Done, file.Progress!.Value.Total));
    }

    [Fact]
    public async Task Progress_of_a_stream_without_length_has_no_total()
    {
        await using var file = await FileRows.OpenAsync(new MemoryStream("a\n1\n"u8.ToArray()), "-", length: null, cancellationToken: Token);

        Assert.Equal((4L, (long?)null), (file.Progress!.Value.Done, file.Progress!.Value.Total));
        Assert.Equal(("-", "-"), (file.Name, file.TableName));
    }

    [Fact]
    public async Task A_cancelled_token_stops_opening_and_reading()
    {
        var cancelled = new CancellationToken(canceled: true);
        await using var file = await TestFile.OpenAsync("a\n1\n");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FileRows.OpenAsync(TestFile.Sample("airports.csv"), cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => file.ReadAsync(new FileRow[1], cancelled).AsTask());
        Assert.Single(await TestFile.ReadAsync(file));
    }

    [Fact]
    public async Task The_stream_is_closed_with_the_source_and_when_opening_fails()
    {
        var good = new MemoryStream("a\n1\n"u8.ToArray());
        var bad = new MemoryStream("a,a\n1,2\n"u8.ToArray());

        await (await FileRows.OpenAsync(good, "good.csv", length: null, cancellationToken: Token)).DisposeAsync();
        await Assert.ThrowsAsync<FileSourceException>(() => FileRows.OpenAsync(bad, "bad.csv", length: null, cancellationToken: Token));

        Assert.False(good.CanRead);
        Assert.False(bad.CanRead);
    }
}
