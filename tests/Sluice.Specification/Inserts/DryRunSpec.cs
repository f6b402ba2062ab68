using Sluice.Loading;
using Sluice.Planning;
using Sluice.Specification.Databases;

namespace Sluice.Specification.Inserts;

/// <summary>A dry run refuses the rows that a load refuses before the database is asked, in the same words.</summary>
public abstract class DryRunSpec(TestDatabase database) : DatabaseSpec(database)
{
    static readonly string[] s_columns = ["id", "small", "whole", "amount", "name", "flag", "day", "at", "token", "data", "mood", "required"];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Makes the type of the column of moods, which are 'sad' and 'ok' where the database knows such types.</summary>
    protected abstract Task<string> CreateMoodAsync();

    /// <summary>The type of the column of bytes.</summary>
    protected abstract string BytesType { get; }

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS checked");
        var mood = await CreateMoodAsync();
        await Database.ExecuteAsync(
            $"CREATE TABLE checked (id bigint PRIMARY KEY, small smallint, whole integer, amount numeric(6,2), name varchar(5), flag boolean, day date, at timestamp, "
            + $"token uuid, data {BytesType}, mood {mood}, required text NOT NULL, CONSTRAINT lucky CHECK (small <> 13))");
    }

    static object?[] RowOf(int id, Random random)
    {
        object?[] any =
        [
            null, 0, 13, 40_000, -40_000L, 5_000_000_000L, ulong.MaxValue, 1.5, 1e300, double.NaN, 12.34m, 1234567.89m, 0.001m, "abc", "abcdef", "zero\0", "half\ud800", "sad", "ok", "merry", true,
            new DateOnly(2024, 2, 29), new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc), new DateTime(2024, 2, 29, 1, 2, 3), new TimeOnly(1, 2, 3), Guid.Empty, new byte[] { 1, 2 }, DayOfWeek.Friday, 'x',
        ];
        object?[] good = [(long)id, (short)1, 2, 3.25m, "abc", true, new DateOnly(2024, 1, 2), new DateTime(2024, 1, 2, 3, 4, 5), Guid.NewGuid(), new byte[] { 7 }, "ok", "there"];
        // One value in two rows is any, and in some rows two are.
        for (var i = random.Next(3); i > 0; i--)
            good[random.Next(1, good.Length)] = any[random.Next(any.Length)];
        return good;
    }

    async Task<(CheckResult Result, List<Failure> Refused)> CheckAsync(IEnumerable<object?[]> rows, Operation operation, BulkOptions options)
    {
        var refused = new List<Failure>();
        var table = await Engine.ReadTableAsync("checked", Stop);
        var result = await Verb.CheckAsync(Engine, RowSource.From(s_columns, rows), table, isFound: true, operation, options, refused.Add, Stop);
        return (result, refused);
    }

    // What the database itself says has one of its codes; but of a null the catalog tells beforehand.
    static bool IsToldBefore(Failure failure) => failure.Code is not ("SLU0201" or "SLU0202") || failure.SqlState == "23502";

    async Task<Failure?> FailureOfAsync(Func<Task<BulkResult>> load)
    {
        try
        {
            await load();
            return null;
        }
        catch (BulkRowException refused)
        {
            return refused.Failure;
        }
        finally
        {
            await Database.ExecuteAsync("DELETE FROM checked");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_dry_run_refuses_the_rows_that_the_load_refuses_before_the_database_is_asked(bool upserts)
    {
        var random = new Random(upserts ? 3 : 4);
        object?[][] rows = [.. Enumerable.Range(1, 250).Select(id => RowOf(id, random))];
        var table = await Engine.ReadTableAsync("checked", Stop);
        var expected = new Dictionary<long, Failure>();
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var failure = await FailureOfAsync(() => upserts
                ? Engine.UpsertAsync(RowSource.From(s_columns, [row]), table, cancellationToken: Stop)
                : Engine.InsertAsync(RowSource.From(s_columns, [row]), table, cancellationToken: Stop));
            if (failure is not null && IsToldBefore(failure))
                expected.Add(i + 1, failure);
        }

        var (result, refused) = await CheckAsync(rows, upserts ? new UpsertOperation(UpsertTarget.Default) : new InsertOperation(), BulkOptions.Default);

        Assert.True(expected.Count is > 40 and < 210, $"{expected.Count} of {rows.Length} rows are refused");
        Assert.Equal(rows.Length, result.Read);
        Assert.Equal(expected.Keys.Order(), refused.Select(r => r.RowNumber!.Value).Order());
        foreach (var failure in refused)
        {
            var same = expected[failure.RowNumber!.Value];
            Assert.Equal((same.Code, same.ColumnName, same.Problem, same.Remedy.Text, same.SqlState), (failure.Code, failure.ColumnName, failure.Problem, failure.Remedy.Text, failure.SqlState));
        }
        Assert.Equal(0, await Database.CountAsync("checked"));
        Assert.Contains(result.NotChecked, left => left.Contains("unique key", StringComparison.Ordinal));
        Assert.Contains(result.NotChecked, left => left.Contains("check", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_finds_rows_of_one_key_as_the_load_does()
    {
        var random = new Random(5);
        object?[][] rows = [.. Enumerable.Range(1, 3_000).Select(i => new object?[] { (long)random.Next(2_000), (short)1, 2, 3m, "abc", true, null, null, null, null, "ok", "there" })];
        var table = await Engine.ReadTableAsync("checked", Stop);
        var seen = new HashSet<long>();
        long[] doubles = [.. rows.Index().Where(row => !seen.Add((long)row.Item[0]!)).Select(row => row.Index + 1L)];

        var first = await FailureOfAsync(() => Engine.UpsertAsync(RowSource.From(s_columns, rows), table, options: new BulkOptions { Order = RowOrder.AsGiven }, cancellationToken: Stop));
        var (_, refused) = await CheckAsync(rows, new UpsertOperation(UpsertTarget.Default), BulkOptions.Default);
        var (kept, none) = await CheckAsync(rows, new UpsertOperation(UpsertTarget.Default), new BulkOptions { Duplicates = Duplicates.KeepFirst });

        Assert.Equal(doubles, refused.Select(r => r.RowNumber!.Value).Order());
        Assert.Equal((first!.RowNumber, first.Problem), (refused.MinBy(r => r.RowNumber)!.RowNumber, refused.MinBy(r => r.RowNumber)!.Problem));
        Assert.Equal((3_000, 0), (kept.Read, none.Count));
    }
}
