using Sluice.Specification.Faults;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests.Faults;

/// <summary>Whatever write fails, what is said of it is true.</summary>
[Collection(typeof(Alone))]
public sealed class DiskTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("sluice-disk").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly Dictionary<string, Func<SqliteEngine, Task>> s_calls = new(StringComparer.Ordinal)
    {
        ["statement"] = e => e.ExecuteAsync(Text($"INSERT INTO parts VALUES (100, 'a', NULL)"), Stop),
        ["query"] = e => e.QueryAsync<long>(Text($"INSERT INTO parts VALUES (100, 'a', NULL) RETURNING id"), Stop),
        ["load"] = e => e.InsertAsync(Part.Some(100, 1), cancellationToken: Stop),
        ["upsert"] = e => e.UpsertAsync(Part.Some(100, 1), cancellationToken: Stop),
        ["transaction"] = async e =>
        {
            await using var transaction = await e.BeginAsync(cancellationToken: Stop);
            await transaction.InsertAsync(Part.Some(100, 1), cancellationToken: Stop);
            await transaction.CommitAsync(Stop);
        },
    };

    public static TheoryData<string, string> Calls => new(s_calls.Keys.SelectMany(c => new[] { "DELETE", "WAL" }, (c, j) => (c, j)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_write_that_fails_is_told_truly(string call, string journal)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var failed = 0;
        for (var after = 0; after < 60; after++)
        {
            var path = Path.Combine(_folder, $"{call} {journal} {after}.db");
            await using (var maker = SqliteEngine.Create(path, new() { JournalMode = Enum.Parse<SqliteJournalMode>(journal, ignoreCase: true) }))
            {
                foreach (var sql in PublicCalls.Setup.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                    await maker.ExecuteAsync(Raw(sql), Stop);
                FailingDisk.Arm(path, after);
                var failure = await Record.ExceptionAsync(() => s_calls[call](maker));
                var hasFailed = FailingDisk.HasFailed;
                FailingDisk.Arm(null, 0);
                if (!hasFailed)
                    break;
                failed++;
                if (failure is not null)
                {
                    var told = Assert.IsAssignableFrom<BulkException>(failure);
                    Assert.Null(Verdict.Of(told));
                    if (await maker.ScalarAsync<long>(Text($"SELECT count(*) FROM parts WHERE id = 100"), Stop) > 0)
                        Assert.Equal("SLU0325", told.Code);
                }
            }
        }
        Assert.InRange(failed, 1, 59);
    }
}
