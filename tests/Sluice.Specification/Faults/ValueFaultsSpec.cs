using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Faults;

public enum Light : byte
{
    Off,
    Dim = 7,
    Bright = 200,
}

/// <summary>Values of results that are not of the type that was asked for, and those that only seem not to be.</summary>
public abstract class ValueFaultsSpec(TestDatabase database) : DatabaseSpec(database)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    sealed record Lamp([property: System.ComponentModel.DataAnnotations.Key] long Id, Light Light, Light? Other);

    static readonly Table<Lamp> s_lamps = Table.For<Lamp>();

    [Fact]
    public async Task Enumerations_are_values_by_themselves_too()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS lamp");
        await Engine.CreateTableAsync(s_lamps, Stop);
        await Engine.InsertAsync([new Lamp(1, Light.Dim, null), new Lamp(2, Light.Bright, Light.Off)], cancellationToken: Stop);
        var (light, other) = (s_lamps.Column<Light>("light"), s_lamps.Column<Light>("other"));
        var byId = s_lamps.Column<long>("id").Asc();

        Assert.Equal([Light.Dim, Light.Bright], await Engine.QueryAsync<Light>(Select(light).From(s_lamps).OrderBy(byId), Stop));
        Assert.Equal([null, Light.Off], await Engine.QueryAsync<Light?>(Select(other).From(s_lamps).OrderBy(byId), Stop));
        Assert.Equal([(Light.Dim, null), (Light.Bright, Light.Off)], await Engine.QueryAsync<Light, Light?>(Select(light, other).From(s_lamps).OrderBy(byId), Stop));
        Assert.Equal([(1L, Light.Dim, null), (2L, Light.Bright, Light.Off)], await Engine.QueryAsync<long, Light, Light?>(Select(s_lamps.Column<long>("id"), light, other).From(s_lamps).OrderBy(byId), Stop));
        Assert.Equal(Light.Bright, await Engine.ScalarAsync<Light>(Select(Max(light)).From(s_lamps), Stop));
        Assert.Equal(Light.Dim, await Engine.QuerySingleAsync<Light>(Select(light).From(s_lamps).Where(s_lamps.Column<long>("id") == 1), Stop));
        var streamed = new List<Light>();
        await foreach (var one in Engine.StreamAsync<Light>(Select(light).From(s_lamps).OrderBy(byId), cancellationToken: Stop))
            streamed.Add(one);
        Assert.Equal([Light.Dim, Light.Bright], streamed);
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_is_told_and_nothing_is_claimed_of_a_statement_that_was_run()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS lamp");
        await Database.ExecuteAsync("CREATE TABLE lamp (id bigint PRIMARY KEY, light bigint NOT NULL, other bigint)");
        var read = await Assert.ThrowsAsync<StatementException>(() => Engine.QueryAsync<Guid>(Select(Literal("no id").As("x")), Stop));
        Assert.Equal("SLU0328", read.Code);
        var lost = await Assert.ThrowsAsync<StatementException>(() => Engine.ScalarAsync<byte>(Select(Literal(300)), Stop));
        Assert.Equal("SLU0328", lost.Code);

        var written = await Assert.ThrowsAsync<StatementException>(
            () => Engine.QueryAsync<Guid>(InsertInto(s_lamps).Values(1L, 7, 7).Returning(s_lamps.Column<long>("id")), Stop));
        Assert.Equal(("SLU0328", false), (written.Code, written.IsTransient));
        Assert.DoesNotContain("nothing", written.Message, StringComparison.Ordinal);
        Assert.Equal(1, await Database.CountAsync("lamp"));
    }

    [Fact]
    public async Task A_query_behind_with_whose_value_cannot_be_read_is_known_to_have_changed_nothing()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS lamp");
        await Database.ExecuteAsync("CREATE TABLE lamp (id bigint PRIMARY KEY, light bigint NOT NULL, other bigint)");
        var plain = await Assert.ThrowsAsync<StatementException>(() => Engine.QueryAsync<Guid>(Text($"SELECT 'no id'"), Stop));
        var one = Select(Literal("no id").As("x")).AsCte("one");
        foreach (var query in (SqlQuery[])[Select(one["x"]).From(one), Text($"WITH one AS (SELECT 'no id' AS x) SELECT x FROM one")])
        {
            var read = await Assert.ThrowsAsync<StatementException>(() => Engine.QueryAsync<Guid>(query, Stop));
            Assert.Equal((plain.Code, plain.Kept), (read.Code, read.Kept));
        }

        var written = await Assert.ThrowsAsync<StatementException>(() => Engine.QueryAsync<Guid>(
            Text($"WITH one AS (SELECT 1 AS x) INSERT INTO lamp (id, light) SELECT x, x FROM one RETURNING id"), Stop));
        Assert.Equal("SLU0328", written.Code);
        Assert.NotEqual(plain.Kept, written.Kept);
        Assert.Equal(1, await Database.CountAsync("lamp"));
    }
}
