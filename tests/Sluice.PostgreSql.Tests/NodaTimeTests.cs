using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using NodaTime;
using Npgsql;
using Sluice.Rows;

namespace Sluice.PostgreSql.Tests;

/// <summary>
/// Types of NodaTime on a data source of the caller's that knows them: what the driver can write and read, Sluice passes on.
/// </summary>
public sealed class NodaTimeTests(Postgres18 database) : IClassFixture<Postgres18>, IAsyncLifetime
{
    static readonly Instant s_noon = Instant.FromUtc(2024, 5, 1, 12, 0, 0).PlusNanoseconds(123_456_000);

    NpgsqlDataSource _source = null!;
    Engine _engine = null!;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static Sluice.Table<Flight> F { get; } = Sluice.Table.For<Flight>();

    [Table("noda_flights")]
    public sealed record Flight([property: Key] int Id, Instant At, LocalDate Day, LocalDateTime Local, LocalTime Clock, Period Span,
        Instant? Landed);

    [Table("noda_moments")]
    public sealed record Moment([property: Key] Instant At, int N);

    public sealed record Plain(int Id, DateTimeOffset At, DateOnly Day, DateTime Local, TimeOnly Clock, TimeSpan Span);

    static Flight Of(int id, int days = 0) =>
        new(id, s_noon + Duration.FromDays(days), new LocalDate(2024, 2, 29).PlusDays(days), new(2024, 2, 29, 1, 2, 3), new(4, 5, 6),
            Period.FromMonths(3) + Period.FromDays(1), id % 2 == 0 ? s_noon : null);

    static string Text(int id, int days = 0) =>
        $"{id}|{(days == 0 ? "2024-05-01" : $"2024-05-{1 + days:00}")} 12:00:00.123456+00|{(days == 0 ? "2024-02-29" : $"2024-03-{days:00}")}|2024-02-29 01:02:03|04:05:06|3 mons 1 day|{(id % 2 == 0 ? "2024-05-01 12:00:00.123456+00" : "")}";

    public ValueTask InitializeAsync()
    {
        var builder = new NpgsqlDataSourceBuilder(database.ConnectionString);
        builder.UseNodaTime();
        _source = builder.Build();
        _engine = PostgresEngine.Create(_source);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _source.DisposeAsync();
    }

    async Task MakeAsync(bool isMade)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS noda_flights");
        if (isMade)
            await _engine.CreateTableAsync(F, Stop);
        else
            await database.ExecuteAsync("CREATE TABLE noda_flights (id int PRIMARY KEY, at timestamptz NOT NULL, day date, local timestamp, clock time, span interval, landed timestamptz)");
    }

    async Task<string> StoredAsync(int id) => await database.ScalarAsync<string>(
        $"SELECT concat_ws('|', id, at::text, day::text, local::text, clock::text, span::text, coalesce(landed::text, '')) FROM noda_flights WHERE id = {id}");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_are_written_by_every_verb(bool isMade)
    {
        await MakeAsync(isMade);
        await _engine.InsertAsync([Of(1), Of(2)], cancellationToken: Stop);
        await _engine.InsertAsync(Enumerable.Range(100, 3_000).Select(i => Of(i)), cancellationToken: Stop);
        await _engine.InsertAsync([Of(3)], cancellationToken: Stop);
        Assert.Equal((Text(1), Text(2), Text(3), Text(1_700)),
            (await StoredAsync(1), await StoredAsync(2), await StoredAsync(3), await StoredAsync(1_700)));

        Assert.Equal(1, (await _engine.UpsertAsync([Of(1, 1), Of(4)], cancellationToken: Stop)).Updated);
        Assert.Equal(1, (await _engine.UpsertAsync([Of(2, 2)], cancellationToken: Stop)).Updated);
        Assert.Equal(3_000, (await _engine.UpsertAsync(Enumerable.Range(100, 3_000).Select(i => Of(i, 3)), cancellationToken: Stop)).Updated);
        Assert.Equal((Text(1, 1), Text(2, 2), Text(4), Text(1_700, 3)),
            (await StoredAsync(1), await StoredAsync(2), await StoredAsync(4), await StoredAsync(1_700)));

        Assert.Equal(1, (await _engine.UpdateAsync([Of(3, 4)], cancellationToken: Stop)).Updated);
        Assert.Equal(3_000, (await _engine.UpdateAsync(Enumerable.Range(100, 3_000).Select(i => Of(i, 5)), cancellationToken: Stop)).Updated);
        Assert.Equal((Text(3, 4), Text(1_700, 5)), (await StoredAsync(3), await StoredAsync(1_700)));
        await foreach (var (row, at, _) in _engine.InsertReturningAsync([Of(50), Of(51)], F.Column<Instant>("at"), cancellationToken: Stop))
            Assert.Equal(row.At, at);
        Assert.Equal(2, (await _engine.DeleteAsync([Of(50), Of(51)], cancellationToken: Stop)).Deleted);
        Assert.Equal(3_004, await database.CountAsync("noda_flights"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_and_values_are_read_and_compared(bool isMade)
    {
        await MakeAsync(isMade);
        await _engine.InsertAsync([Of(1), Of(2), Of(3, 3)], cancellationToken: Stop);
        var (id, at, day) = (F.Column<int>("id"), F.Column<Instant>("at"), F.Column<LocalDate>("day"));
        var all = Sql.Select(F).From(F).OrderBy(id);
        Assert.Equal([Of(1), Of(2), Of(3, 3)], await _engine.QueryAsync<Flight>(all, Stop));
        foreach (var mode in new[] { StreamMode.Cursor, StreamMode.Direct })
            Assert.Equal([Of(1), Of(2), Of(3, 3)], await _engine.StreamAsync<Flight>(all, new() { Mode = mode }, Stop).ToListAsync(Stop));
        Assert.Equal([s_noon, s_noon, Of(3, 3).At], await _engine.QueryAsync<Instant>(Sql.Select(at).From(F).OrderBy(id), Stop));
        Assert.Equal([null, s_noon, null],
            await _engine.QueryAsync<Instant?>(Sql.Select(F.Column<Instant?>("landed")).From(F).OrderBy(id), Stop));
        Assert.Equal([Of(1).Day, Of(1).Day, Of(3, 3).Day], await _engine.QueryAsync<LocalDate>(Sql.Select(day).From(F).OrderBy(id), Stop));
        Assert.Equal(Of(3, 3).At, await _engine.ScalarAsync<Instant>(Sql.Raw("SELECT max(at) FROM noda_flights"), Stop));
        Assert.Equal([1, 2], await _engine.QueryAsync<int>(Sql.Select(id).From(F).Where(at == s_noon).OrderBy(id), Stop));
        Assert.Equal([3], await _engine.QueryAsync<int>(Sql.Select(id).From(F).Where(day > Of(1).Day), Stop));
        Assert.Equal([1, 2, 3], await _engine.QueryAsync<int>(Sql.Select(id).From(F).Where(at.In(s_noon, Of(3, 3).At)).OrderBy(id), Stop));
        Assert.Equal([3], await _engine.QueryAsync<int>(Sql.Select(id).From(F).Where(day.In(Of(3, 3).Day)), Stop));
    }

    [Fact]
    public async Task An_Instant_is_a_key()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS noda_moments; CREATE TABLE noda_moments (at timestamptz PRIMARY KEY, n int)");
        for (var n = 0; n < 3; n++)
            await _engine.UpsertAsync([new Moment(s_noon, n), new Moment(s_noon + Duration.FromHours(1), n)], cancellationToken: Stop);
        Assert.Equal("2,2", await database.ScalarAsync<string>("SELECT string_agg(n::text, ',') FROM noda_moments"));
    }

    // Such a data source reads every date and time as a type of NodaTime.
    [Fact]
    public async Task The_types_of_NET_are_read_and_written_beside_them()
    {
        await MakeAsync(isMade: false);
        var row = new object?[] { 1, DateTimeOffset.UnixEpoch, new DateOnly(2024, 1, 1), new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified), new TimeOnly(1, 2), TimeSpan.FromHours(25) };
        await _engine.InsertAsync(RowSource.From(["id", "at", "day", "local", "clock", "span"], [row]), F, cancellationToken: Stop);
        Assert.Equal("1|1970-01-01 00:00:00+00|2024-01-01|2024-01-01 00:00:00|01:02:00|1 day 01:00:00|", await StoredAsync(1));
        Assert.Equal(
            [new Plain(1, DateTimeOffset.UnixEpoch, new(2024, 1, 1), new(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified), new(1, 2), TimeSpan.FromHours(25))],
            await _engine.QueryAsync<Plain>(Sql.Select(F).From(F), Stop));
        await using var reader = await _engine.ExecuteReaderAsync(Sql.Raw("SELECT '4713-01-01 BC'::date AS day, at FROM noda_flights"),
            cancellationToken: Stop);
        Assert.True(await reader.ReadAsync(Stop));
        Assert.Equal([new LocalDate(-4712, 1, 1), Instant.FromUnixTimeSeconds(0)], new[] { reader.GetValue(0), reader.GetValue(1) });
    }

    // Rows without types come as values alone, which are encoded without the driver.
    [Fact]
    public async Task A_value_of_NodaTime_without_a_declared_type_is_refused_with_the_remedy()
    {
        await MakeAsync(isMade: false);
        var refused = await Assert.ThrowsAsync<BulkRowException>(() => _engine.InsertAsync(RowSource.From(["id", "at"], [new object?[] { 1, s_noon }]), F, cancellationToken: Stop));
        Assert.Contains("Give the rows a type with a property of that type", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await database.CountAsync("noda_flights"));
    }
}
