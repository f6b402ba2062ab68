using Npgsql;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Reading;

/// <summary>Rows for another database, from sessions that write dates, intervals and numbers in a way of their own.</summary>
public sealed class PostgresExactTests(Postgres18 database) : IClassFixture<Postgres18>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    PostgresEngine Odd() => PostgresEngine.Create(
        new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = "-c datestyle=SQL,DMY -c intervalstyle=sql_standard -c extra_float_digits=-9" }.ToString());

    static async Task CopyAsync(Database from, StreamMode mode, Engine to)
    {
        var table = await to.ReadTableAsync("taken", Stop);
        var rows = await from.OpenRowsAsync(Text($"TABLE given"), new StreamOptions { Mode = mode, YieldPer = 2 }, Stop);
        await to.InsertAsync(rows, table, cancellationToken: Stop);
    }

    [Theory]
    [InlineData(StreamMode.Cursor, false)]
    [InlineData(StreamMode.Cursor, true)]
    [InlineData(StreamMode.Direct, false)]
    [InlineData(StreamMode.Direct, true)]
    public async Task Their_texts_are_as_every_server_reads_them_and_a_transaction_keeps_its_settings(StreamMode mode, bool inTransaction)
    {
        database.Require();
        await database.ExecuteAsync(
            """
            DROP TABLE IF EXISTS given, taken;
            CREATE TABLE given (id int PRIMARY KEY, days date[], spans interval[], numbers float8[]);
            CREATE TABLE taken (LIKE given);
            INSERT INTO given SELECT i, ARRAY['2024-02-05'::date + i], ARRAY[make_interval(days => i, secs => -i)], ARRAY[i / 3.0::float8] FROM generate_series(1, 5) i;
            """);
        await using var odd = Odd();
        if (inTransaction)
        {
            await using var transaction = await odd.BeginAsync(cancellationToken: Stop);
            await CopyAsync(transaction, mode, database.Engine);
            Assert.Equal(
                "SQL, DMY sql_standard -9",
                await transaction.ScalarAsync<string>(Text($"SELECT concat_ws(' ', current_setting('DateStyle'), current_setting('IntervalStyle'), current_setting('extra_float_digits'))"), Stop));
            await transaction.CommitAsync(Stop);
        }
        else
        {
            await CopyAsync(odd, mode, database.Engine);
        }
        Assert.Equal(5, await database.CountAsync("taken"));
        Assert.Equal(0, await database.CountAsync("(TABLE given EXCEPT TABLE taken) d"));
    }
}
