using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Net;
using Npgsql;
using NpgsqlTypes;
using Sluice.Rows;
using Sluice.Specification;

namespace Sluice.PostgreSql.Tests;

public enum Weather
{
    [PgName("clear sky")]
    Clear,
    LightRain,
}

[Table("weathers")]
public sealed record WeatherRow([property: Key] int Id, [property: Column(TypeName = "weather")] Weather V, [property: Column(TypeName = "text")] Weather Said);

[Table("hosts")]
public sealed record HostRow([property: Key] int Id, IPAddress Address, IPNetwork Net, NpgsqlRange<int> Ports);

[Table("shapes_made")]
public sealed record MadeRow(
    [property: Key] int Id, [property: Column(TypeName = "jsonb")] string Doc, [property: Column(TypeName = "date")] DateTime Day, [property: Column(TypeName = "smallint")] int Small,
    [property: Column(TypeName = "timestamp without time zone")] DateTime Local, [property: Column(TypeName = "timestamp(3) with time zone")] DateTimeOffset Point, [property: Column(TypeName = "inet")] string Host);

public abstract class EnumLabelSpec(TestPostgres database) : DatabaseSpec(database)
{
    sealed class Shouting : INpgsqlNameTranslator
    {
        public string TranslateTypeName(string clrName) => clrName;

        public string TranslateMemberName(string clrName) => clrName.ToUpperInvariant() + "!";
    }

    [Fact]
    public async Task Labels_follow_PgName_and_are_read_back()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS weathers; DROP TYPE IF EXISTS weather; CREATE TYPE weather AS ENUM ('clear sky', 'light_rain')");
        await using var engine = Database.CreateEngine();
        var table = Sluice.Table.For<WeatherRow>();
        await engine.CreateTableAsync(table);
        WeatherRow[] rows = [new(1, Weather.Clear, Weather.Clear), new(2, Weather.LightRain, Weather.LightRain)];
        await engine.InsertAsync(rows);
        Assert.Equal([["clear sky", "Clear"], ["light_rain", "LightRain"]], (await Database.QueryAsync("SELECT v::text, said FROM weathers ORDER BY id")).Select(r => r.Cast<string>().ToArray()));
        Assert.Equal(rows, await engine.QueryAsync<WeatherRow>(Sql.Select(table).From(table).OrderBy(table.Column<int>("id"))));
        await engine.UpsertAsync(RowSource.From(["id", "v", "said"], [new object?[] { 1, Weather.LightRain, Weather.LightRain }]), table: table);
        Assert.Equal([1, 2], await engine.QueryAsync<int>(Sql.Select(table.Column<int>("id")).From(table).Where(table.Column<Weather>("v") == Weather.LightRain).OrderBy(table.Column<int>("id"))));
        Assert.Equal([1, 2], await engine.QueryAsync<int>(Sql.Select(table.Column<int>("id")).From(table).Where(table.Column<Weather>("said").In(Weather.LightRain)).OrderBy(table.Column<int>("id"))));
        Assert.Equal([Weather.LightRain, Weather.LightRain], await engine.QueryAsync<Weather>(Sql.Select(table.Column<Weather>("v")).From(table)));
        Assert.Equal([(1, Weather.LightRain)], await engine.QueryAsync<int, Weather>(Sql.Select(table.Column<int>("id"), table.Column<Weather>("said")).From(table).Where(table.Column<int>("id") == 1)));
    }

    [Fact]
    public async Task Labels_of_a_data_source_s_name_translator_go_through_the_driver()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS days_open; DROP TYPE IF EXISTS open_day; CREATE TYPE open_day AS ENUM ('SUNDAY!', 'MONDAY!', 'TUESDAY!', 'WEDNESDAY!', 'THURSDAY!', 'FRIDAY!', 'SATURDAY!'); CREATE TABLE days_open (id integer PRIMARY KEY, v open_day)");
        var builder = new NpgsqlDataSourceBuilder(((TestPostgres)Database).ConnectionString);
        builder.MapEnum<DayOfWeek>("open_day", new Shouting());
        await using var source = builder.Build();
        await using var engine = PostgresEngine.Create(source);
        var table = await engine.ReadTableAsync("days_open");
        var rows = RowSource.From(new[] { new Encoders.Stored<DayOfWeek>(1, DayOfWeek.Monday), new Encoders.Stored<DayOfWeek>(2, DayOfWeek.Friday) });
        Assert.Equal("binary COPY by the driver", (await engine.PlanInsertAsync(rows, table)).Path.Name);
        await engine.InsertAsync(rows, table);
        await engine.UpsertAsync(RowSource.From(new[] { new Encoders.Stored<DayOfWeek>(2, DayOfWeek.Sunday) }), table: table);
        Assert.Equal(["MONDAY!", "SUNDAY!"], (await Database.QueryAsync("SELECT v::text FROM days_open ORDER BY id")).Select(r => (string)r[0]!));
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Sunday], await engine.QueryAsync<DayOfWeek>(Sql.Select(table.Column<DayOfWeek>("v")).From(table).OrderBy(table.Column<int>("id"))));
    }

    [Fact]
    public async Task Types_of_the_driver_have_columns_that_take_them()
    {
        var table = Sluice.Table.For<HostRow>();
        await Database.ExecuteAsync("DROP TABLE IF EXISTS hosts");
        await Engine.CreateTableAsync(table);
        HostRow[] rows = [new(1, IPAddress.Loopback, IPNetwork.Parse("10.0.0.0/8"), new NpgsqlRange<int>(1, true, 5, false))];
        await Engine.InsertAsync(rows);
        Assert.Equal(["127.0.0.1/32 10.0.0.0/8 [1,5)"], (await Database.QueryAsync("SELECT concat_ws(' ', address::text, net, ports) FROM hosts")).Select(r => (string)r[0]!));
        Assert.Equal(rows, await Engine.QueryAsync<HostRow>(Sql.Select(table).From(table)));
    }

    [Fact]
    public async Task A_declared_type_is_the_made_type()
    {
        var table = Sluice.Table.For<MadeRow>();
        await Database.ExecuteAsync("DROP TABLE IF EXISTS shapes_made");
        await Engine.CreateTableAsync(table);
        var made = await Database.QueryAsync("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'shapes_made'::regclass AND attnum > 1 ORDER BY attnum");
        Assert.Equal(["jsonb", "date", "smallint", "timestamp without time zone", "timestamp(3) with time zone", "inet"], made.Select(r => (string)r[0]!));
    }
}

public sealed class Postgres15EnumLabelSpec(Postgres15 database) : EnumLabelSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18EnumLabelSpec(Postgres18 database) : EnumLabelSpec(database), IClassFixture<Postgres18>;
