using Sluice.Cli.Tests.Runs;
using Sluice.Specification;
using Sluice.Specification.Databases;
using Sluice.Sqlite;

namespace Sluice.Cli.Tests.Copies;

/// <summary>Rows from PostgreSQL to SQLite and back, looked at with psql and sqlite3.</summary>
public abstract class CopySpec(PostgresDatabase database) : DatabaseSpec(database), IDisposable
{
    readonly Workplace _workplace = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    string LitePath => Path.Combine(_workplace.Folder, "copy.db");

    async Task<Table> CreateAsync(string columns)
    {
        var name = Database.NewName("typed");
        await Database.ExecuteAsync($"CREATE TABLE {name} ({columns})");
        return await Engine.ReadTableAsync(name, Stop);
    }

    Task<string> Checksum(string table) => Database.RunClientAsync($"SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM {table} t");

    [Fact]
    public async Task Every_type_goes_to_sqlite_and_comes_back_the_same()
    {
        await using var lite = SqliteEngine.Create(LitePath);
        var source = await CreateAsync(AllTypes.Columns);
        await Database.ExecuteAsync($"INSERT INTO {source.Name} VALUES {AllTypes.Rows}");

        await using (var rows = await Engine.OpenRowsAsync(source, cancellationToken: Stop))
            Assert.Equal(AllTypes.Count, (await lite.InsertAsync(rows, options: new BulkOptions { Target = new() { CreateTable = true } }, cancellationToken: Stop)).Inserted);
        var back = await CreateAsync(AllTypes.Columns);
        await using (var rows = await lite.OpenRowsAsync(await lite.ReadTableAsync(source.Name, Stop), cancellationToken: Stop))
            Assert.Equal(AllTypes.Count, (await Engine.InsertAsync(rows, back, cancellationToken: Stop)).Inserted);

        Assert.Equal(await Database.RunClientAsync($"TABLE {source.Name} ORDER BY id"), await Database.RunClientAsync($"TABLE {back.Name} ORDER BY id"));
        Assert.Equal(await Checksum(source.Name), await Checksum(back.Name));
    }

    [Fact]
    public async Task Every_type_goes_to_another_table_of_the_server_the_same()
    {
        var source = await CreateAsync(AllTypes.Columns + ", " + AllTypes.OnlyPostgres);
        await Database.ExecuteAsync($"INSERT INTO {source.Name} VALUES {AllTypes.Rows.Replace("),\n(", ", " + AllTypes.OnlyPostgresValues + "),\n(", StringComparison.Ordinal)[..^1]}, {AllTypes.OnlyPostgresValues})");
        var target = await CreateAsync(AllTypes.Columns + ", " + AllTypes.OnlyPostgres);
        await using var rows = await Engine.OpenRowsAsync(source, cancellationToken: Stop);
        await Engine.InsertAsync(rows, target, cancellationToken: Stop);
        Assert.Equal(await Checksum(source.Name), await Checksum(target.Name));
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _workplace.Dispose();
    }
}
