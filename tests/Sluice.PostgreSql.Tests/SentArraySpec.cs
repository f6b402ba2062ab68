using System.ComponentModel.DataAnnotations;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests;

public enum Shade : byte
{
    Light,
    Dark,
}

public enum Size : uint
{
    Small,
    Large = 3_000_000_000,
}

[RowOf("odd_keys")]
public sealed partial record OddKeys([property: Key] ushort Id, ushort? ParentId, uint Wide, sbyte Narrow, ulong Widest, Shade Shade, Size Size, DateTimeOffset At);

/// <summary>Lists of values whose types the server has not: each is sent as a value by itself is.</summary>
public abstract class SentArraySpec(TestPostgres database) : IAsyncLifetime
{
    static readonly OddKeys s_row = new(60_000, null, 4_000_000_000, -5, ulong.MaxValue, Shade.Dark, Size.Large, new(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(2)));

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.ExecuteAsync("DROP TABLE IF EXISTS odd_keys");
        await database.Engine.CreateTableAsync(OddKeys.Table, Stop);
        await database.Engine.InsertAsync([s_row, s_row with { Id = 60_001, ParentId = 60_000, Wide = 1, Narrow = 1, Widest = 1, Shade = Shade.Light, Size = Size.Small, At = default }], cancellationToken: Stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_list_is_compared_with_columns_of_each_type()
    {
        var t = OddKeys.Table;
        foreach (var condition in new[]
        {
            t.Id.In(s_row.Id, (ushort)7), t.Wide.In(s_row.Wide, 7u), t.Narrow.In(s_row.Narrow, (sbyte)7), t.Widest.In(s_row.Widest, 7ul),
            t.Shade.In(s_row.Shade), t.Size.In(s_row.Size), t.At.In(s_row.At), t.Size == s_row.Size, t.Shade == s_row.Shade,
        })
            Assert.Equal([s_row.Id], (await database.Engine.QueryAsync<OddKeys>(Select(t).From(t).Where(condition), Stop)).Select(r => r.Id));
    }

    [Fact]
    public async Task Trees_have_keys_of_such_types()
    {
        var t = OddKeys.Table;
        Assert.Equal(2, await database.Engine.DeleteTreeAsync(Descendants(t, t.Id, t.ParentId, of: s_row.Id), cancellationToken: Stop));
        Assert.Equal(0, await database.CountAsync("odd_keys"));
    }
}

public sealed class Postgres15SentArraySpec(Postgres15 database) : SentArraySpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18SentArraySpec(Postgres18 database) : SentArraySpec(database), IClassFixture<Postgres18>;
