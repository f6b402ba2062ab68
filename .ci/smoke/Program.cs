using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.Data.Sqlite;
using Sluice.Sqlite;

await using (var engine = SqliteEngine.Create("smoke.db"))
{
    await engine.CreateTableAsync(Point.Table);
    await engine.InsertAsync(Enumerable.Range(1, 1_000).Select(i => new Point(i, i / 2.0, i % 2 == 0 ? null : "odd")));
}

await using var connection = new SqliteConnection("Data Source=smoke.db");
await connection.OpenAsync();
await using var command = connection.CreateCommand();
command.CommandText = "SELECT count(*) FROM points WHERE value = id / 2.0 AND (note IS NULL) = (id % 2 = 0)";
Console.WriteLine($"{await command.ExecuteScalarAsync()} rows");

[Table("points")]
public sealed partial record Point([property: Key] long Id, double Value, string? Note);
