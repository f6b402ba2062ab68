using Sluice.Specification.Changes;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests;

/// <summary>One round of every verb over a table of devices that is empty before and after, with psql's view of it in between.</summary>
sealed class EveryVerb(PostgresDatabase database, Engine engine, int count, BulkOptions? options = null)
{
    static readonly Device.DeviceTable s_d = Device.Table;

    readonly Device[] _rows = [.. Enumerable.Range(0, count).Select(i => new Device(i % 3, $"k{i:D5}", i, i / 2.0, null))];

    static readonly Device s_unknown = new(2, "none", -1, null, null);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal async Task RunAsync(bool canSync = true, bool canGraph = true)
    {
        await InsertAsync();
        await UpsertAsync();
        await UpdateAsync();
        if (canSync)
            await SyncAsync();
        await DeleteAsync();
        if (canGraph)
            await GraphAsync();
    }

    Task<string> LookAsync() => LookAsync("count(*), coalesce(sum(version), 0), coalesce(sum(value * 2), 0), count(note), coalesce(min(note), ''), coalesce(max(note), '')");

    async Task<string> LookAsync(string what) => (await database.RunPsqlAsync($"SELECT {what} FROM devices")).Trim();

    long Sum(Func<Device, long> of) => _rows.Sum(of);

    static async Task<BulkResult> PairsAsync(ReturnedRows<Device, int> returned, IReadOnlyList<Device> rows, Func<Device, (int, RowAction)> expected)
    {
        var place = 0;
        await foreach (var (row, version, action) in returned)
        {
            Assert.Same(rows[place++], row);
            Assert.Equal(expected(row), (version, action));
        }
        Assert.Equal(rows.Count, place);
        return returned.Result;
    }

    async Task InsertAsync()
    {
        var (first, second) = (_rows.Where(r => r.Version % 2 == 0).ToArray(), _rows.Where(r => r.Version % 4 == 1).Reverse().ToArray());
        Assert.Equal(first.Length, (await engine.InsertAsync(first, options: options, cancellationToken: Stop)).Inserted);
        var result = await PairsAsync(engine.InsertReturningAsync(second, s_d.Version, options: options, cancellationToken: Stop), second,
            r => (r.Version, RowAction.Inserted));
        Assert.Equal(second.Length, result.Inserted);
        var there = first.Concat(second).ToList();
        Assert.Equal($"{there.Count}|{there.Sum(r => (long)r.Version)}|{there.Sum(r => (long)r.Version)}|0||", await LookAsync());
    }

    async Task UpsertAsync()
    {
        Device[] rows = [.. _rows.Select(r => r with { Note = "upserted" })];
        new Random(count).Shuffle(rows);
        var result = await engine.UpsertAsync(rows, on: on => on.Where(s_d.Version % 4 != 0), options: options, cancellationToken: Stop);
        var (fresh, left) = (_rows.Count(r => r.Version % 4 == 3), _rows.Count(r => r.Version % 4 == 0));
        Assert.Equal((fresh, count - fresh - left, left), (result.Inserted, result.Updated, result.Unchanged));
        Assert.Equal($"{count}|{Sum(r => r.Version)}|{Sum(r => r.Version)}|{count - left}|upserted|upserted", await LookAsync());

        Device[] more = [.. rows, s_unknown];
        await PairsAsync(
            engine.UpsertReturningAsync(more, s_d.Version, on: on => on.DoNothing(), options: options, cancellationToken: Stop), more, r =>
                (r.Version, r == s_unknown ? RowAction.Inserted : RowAction.Unchanged));
        var again = await PairsAsync(
            engine.UpsertReturningAsync([.. rows], s_d.Version, on: on => on.Set(s_d.Note).Where(s_d.Version % 2 == 0), options: options,
                cancellationToken: Stop), rows, r => (r.Version, r.Version % 2 == 0 ? RowAction.Updated : RowAction.Unchanged));
        Assert.Equal(_rows.Count(r => r.Version % 2 == 0), again.Updated);
        Assert.Equal($"{count + 1}|{Sum(r => r.Version) - 1}|{Sum(r => r.Version)}|{count}|upserted|upserted", await LookAsync());
        Assert.Equal(1, (await engine.DeleteAsync([s_unknown], options: options, cancellationToken: Stop)).Deleted);
    }

    async Task UpdateAsync()
    {
        Device[] rows = [s_unknown, .. _rows.Select(r => r with { Note = "updated" }).Reverse()];
        var result = await engine.UpdateAsync(rows, options: options, on: on => on.Set(s_d.Note), cancellationToken: Stop);
        Assert.Equal((count, 1), (result.Updated, result.Skipped));
        await PairsAsync(
            engine.UpdateReturningAsync(rows, s_d.Version, on: on => on.Set(s_d.Version, Row(s_d.Version) + 1), options: options,
                cancellationToken: Stop), rows,
            r => r == s_unknown ? (0, RowAction.Skipped) : (r.Version + 1, RowAction.Updated));
        var byStatement = await engine.ExecuteManyAsync(
            Update(s_d).Set(s_d.Version, s_d.Version - 1).Where(s_d.Site == Row(s_d.Site) & s_d.Name == Row(s_d.Name)), rows, options, Stop);
        Assert.Equal((count, 1), (byStatement.Updated, byStatement.Skipped));
        Assert.Equal($"{count}|{Sum(r => r.Version)}|{Sum(r => r.Version)}|{count}|updated|updated", await LookAsync());
    }

    async Task SyncAsync()
    {
        Device[] rows = [.. _rows.Where(r => r.Site == 1 && r.Version % 2 == 0).Select(r => r with { Note = "synced" }), new Device(1, "new", 0, 0, "synced")];
        var result = await engine.SyncAsync(rows, s_d.Site == 1, options: options, cancellationToken: Stop);
        var gone = _rows.Count(r => r.Site == 1) - (rows.Length - 1);
        Assert.Equal((1, rows.Length - 1, gone), (result.Inserted, result.Updated, result.Removed));
        Assert.Equal($"{count + 1 - gone}|{rows.Length}", await LookAsync("count(*), count(*) FILTER (WHERE note = 'synced')"));
        Assert.Equal(gone + rows.Length - 1, (await engine.UpsertAsync(_rows.Where(r => r.Site == 1).ToArray(), options: options, cancellationToken: Stop)).Loaded);
        Assert.Equal(1, (await engine.DeleteAsync([rows[^1]], options: options, cancellationToken: Stop)).Deleted);
    }

    async Task DeleteAsync()
    {
        Device[] half = [.. _rows.Where(r => r.Version % 2 == 0), s_unknown];
        var result = await engine.DeleteAsync(half, options: options, cancellationToken: Stop);
        Assert.Equal((half.Length - 1, 1), (result.Deleted, result.Skipped));
        Assert.Equal($"{count - half.Length + 1}|1", await LookAsync("count(*), coalesce(min(version % 2), 1)"));
        await PairsAsync(
            engine.DeleteReturningAsync(_rows, s_d.Version, options: options, cancellationToken: Stop), _rows, r => r.Version % 2 == 0 ? (0, RowAction.Skipped) : (r.Version, RowAction.Deleted));
        Assert.Equal("0", await LookAsync("count(*)"));
    }

    async Task GraphAsync()
    {
        Assert.Equal(count, (await engine.InsertGraphAsync(_rows.Select(r => new GraphDevice { Site = r.Site, Name = r.Name, Version = r.Version }), options, Stop)).Inserted);
        Assert.Equal($"{count}|{Sum(r => r.Version)}", await LookAsync("count(*), sum(version)"));
        Assert.Equal(count, (await engine.DeleteAsync(_rows, options: options, cancellationToken: Stop)).Deleted);
    }
}

/// <summary>A device as a graph takes it: an object that can be written to.</summary>
[System.ComponentModel.DataAnnotations.Schema.Table("devices")]
public sealed class GraphDevice
{
    [System.ComponentModel.DataAnnotations.Key]
    public long Site { get; set; }

    [System.ComponentModel.DataAnnotations.Key]
    public string Name { get; set; } = "";

    public int Version { get; set; }
}
