using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Sluice;
#if !TRIMMED
using Sluice.Files;
#endif
using Sluice.PostgreSql;
using Sluice.Sqlite;

// Smoke sqlite PATH FILE, or: Smoke postgres CONNECTION FILE
await using Engine engine = args[0] == "sqlite" ? SqliteEngine.Create(args[1]) : PostgresEngine.Create(args[1]);
await engine.CreateTableAsync(Point.Table);
var points = Enumerable.Range(1, 1_000).Select(i => new Point(i, i / 2.0, i % 2 == 0 ? null : "odd"));
var inserted = await engine.InsertAsync(points);
var upserted = await engine.UpsertAsync(points.Where(p => p.Id <= 10).Append(new Point(1_001, 500.5, "odd")));

#if TRIMMED
Person[] people = [new(1, "Ann"), new(2, "B, b"), new(3, null)];
await engine.InsertAsync(people, options: new BulkOptions { Target = new() { CreateTable = true } });
#else
var file = await FileRows.OpenAsync(args[2]);
await using (file)
    await engine.InsertAsync(file, file.Describe("people", schema: null, ["id"]), new BulkOptions { Target = new() { CreateTable = true } });
#endif

var streamed = 0;
await foreach (var point in engine.StreamAsync<Point>(Sql.Select(Point.Table).From(Point.Table)))
    streamed += point.Note is null ? 0 : 1;
var reader = await engine.ExecuteReaderAsync(Sql.Select(Point.Table.Id).From(Point.Table));
var read = 0;
while (await reader.ReadAsync())
    read += reader.GetFieldValue<long>(0) > 0 ? 1 : 0;
await reader.DisposeAsync();

// Every other verb, after which the tables are as before.
var p = Point.Table;
var paged = 0;
await foreach (var point in engine.StreamByKeyAsync<Point>(Sql.Select(p).From(p), key: p.Id, pageSize: 100))
    paged++;
var few = (await engine.QueryAsync<Point>(Sql.Select(p).From(p).Where(p.Id <= 5).OrderBy(p.Id))).ToList();
var updated = await engine.UpdateAsync(few);
var deleted = await engine.DeleteAsync(few);
var returned = 0;
await using (var transaction = await engine.BeginAsync())
{
    await foreach (var row in transaction.InsertReturningAsync(few, p.Id))
        returned++;
    await transaction.CommitAsync();
}
var synced = await engine.SyncAsync(few, scope: p.Id <= 5);
Console.WriteLine($"{inserted.Inserted} inserted, {upserted.Inserted} more, {streamed} streamed, {read} read, {paged} in pages, "
    + $"{updated.Updated} updated, {deleted.Deleted} deleted, {returned} returned, {synced.Deleted} left over");

[Table("points")]
public sealed partial record Point([property: Key] long Id, double Value, string? Note);

[Table("people")]
public sealed partial record Person([property: Key] int Id, string? Name);
