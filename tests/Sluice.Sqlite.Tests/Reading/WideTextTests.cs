using System.ComponentModel.DataAnnotations.Schema;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests.Reading;

/// <summary>Databases that keep their text as UTF-16, which the library turns into UTF-8 while a value is read.</summary>
public sealed class WideTextTests : IDisposable
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("sluice-wide").FullName, "wide.db");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Table("notes")]
    sealed record Note(long Id, string Text, DateTimeOffset At, int? Count);

    [Fact]
    public async Task Text_of_a_UTF_16_database_is_read_and_written_as_any_other()
    {
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_path};Pooling=False"))
        {
            await connection.OpenAsync(Stop);
            await using var create = connection.CreateCommand();
            create.CommandText = "PRAGMA encoding = 'UTF-16'; CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL, count INTEGER)";
            await create.ExecuteNonQueryAsync(Stop);
        }
        Note[] notes =
        [
            new(1, "plain", new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.FromHours(2)), 7),
            new(2, "größer 😀 e\u0301", DateTimeOffset.UnixEpoch.AddTicks(1), null),
            new(3, "", DateTimeOffset.MaxValue, 0),
            new(4, new string('ß', 100_000), DateTimeOffset.UnixEpoch, -1),
        ];

        await using var engine = SqliteEngine.Create(_path);
        await engine.InsertAsync(notes, cancellationToken: Stop);

        var read = new List<Note>();
        await foreach (var note in engine.StreamAsync<Note>(Text($"SELECT id, text, at, count FROM notes ORDER BY id"), cancellationToken: Stop))
            read.Add(note);
        Assert.Equal(notes, read);
        Assert.Equal("UTF-16le", await engine.ScalarAsync<string>(Text($"PRAGMA encoding"), Stop));
    }
}
