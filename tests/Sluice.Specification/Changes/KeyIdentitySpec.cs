using System.ComponentModel.DataAnnotations;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Changes;

[RowOf("pieces")]
public sealed partial record Piece([property: Key] byte[] First, [property: Key] byte[] Second, int Version);

[RowOf("instants")]
public sealed partial record Instant([property: Key] DateTime At, int Version);

[RowOf("masses")]
public sealed partial record Mass([property: Key] double Grams, int Version);

/// <summary>Rows are one where the database takes their keys for one, and only there.</summary>
public abstract class KeyIdentitySpec(TestDatabase database) : DatabaseSpec(database)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static byte[] Bytes(string hex) => Convert.FromHexString(hex);

    [Fact]
    public async Task Bytes_that_only_look_alike_beside_each_other_are_other_keys()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS pieces");
        await Engine.CreateTableAsync(Piece.Table, Stop);
        (string, string)[] keys = [("", ""), ("", "00"), ("00", ""), ("01", ""), ("01", "00"), ("0100", ""), ("01", "0203"), ("0102", "03"), ("00FF", "FF"), ("00", "FFFF"), ("0000", "0000")];
        var rows = keys.Select((key, i) => new Piece(Bytes(key.Item1), Bytes(key.Item2), i)).ToArray();

        Assert.Equal(rows.Length, (await Engine.UpsertAsync(rows, cancellationToken: Stop)).Inserted);
        Assert.Equal(rows.Length, (await Engine.SyncAsync(rows, Piece.Table.Version >= 0, cancellationToken: Stop)).Updated);
        var twice = await Engine.UpsertAsync([.. rows, rows[5] with { Version = 100 }], options: new() { Duplicates = Duplicates.KeepLast }, cancellationToken: Stop);
        Assert.Equal((rows.Length, 1), (twice.Updated, twice.Skipped));
        Assert.Equal(rows.Length, await Database.CountAsync("pieces"));
        Assert.Equal(100, await Database.ScalarAsync<int>("SELECT max(version) FROM pieces"));
    }

    [Theory]
    [InlineData(1999)]
    [InlineData(2024)]
    public async Task Times_are_one_key_where_the_database_cuts_them_to_one(int year)
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS instants");
        await Engine.CreateTableAsync(Instant.Table, Stop);
        var noon = new DateTime(year, 2, 3, 12, 0, 0, DateTimeKind.Utc);
        var rows = Enumerable.Range(-15, 30).Select(i => new Instant(noon.AddTicks(i), i)).ToArray();

        var result = await Engine.UpsertAsync(rows, options: new() { Duplicates = Duplicates.KeepLast }, cancellationToken: Stop);
        Assert.Equal(result.Inserted, await Database.CountAsync("instants"));
        Assert.Equal((rows.Length, 0), (result.Inserted + result.Skipped, result.Updated));
        // SQLite keeps them as texts, with every digit.
        Assert.Equal(Database.Name.StartsWith("SQLite", StringComparison.OrdinalIgnoreCase), result.Skipped == 0);
        Assert.Equal(14, await Database.ScalarAsync<int>("SELECT max(version) FROM instants"));
    }

    [Fact]
    public async Task The_two_zeros_are_one_key()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS masses");
        await Engine.CreateTableAsync(Mass.Table, Stop);

        await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync([new Mass(0.0, 1), new Mass(-0.0, 2)], cancellationToken: Stop));
        Assert.Equal(0, await Database.CountAsync("masses"));
    }
}
