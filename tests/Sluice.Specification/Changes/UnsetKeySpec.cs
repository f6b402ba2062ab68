using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Sluice.Rows;
using Sluice.Specification.Databases;
using static Sluice.Sql;
using Table = Sluice.Table;

namespace Sluice.Specification.Changes;

[Table("guests")]
public sealed class Guest
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; set; }

    public string Email { get; set; } = "";
}

[Table("guests")]
public sealed class GuidGuest
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public Guid Id { get; set; }

    public string Email { get; set; } = "";
}

[Table("guests")]
public sealed class TextGuest
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public string? Id { get; set; }

    public string Email { get; set; } = "";
}

/// <summary>An object whose key the database gives has none before it was inserted: no verb takes its zero for one.</summary>
public abstract class UnsetKeySpec(TestDatabase database) : DatabaseSpec(database)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>How the database makes the keys of a column of a type, behind its name.</summary>
    protected abstract string KeyOf(string type);

    Task CreateAsync(string type) => Database.ExecuteAsync($"DROP TABLE IF EXISTS guests; CREATE TABLE guests (id {KeyOf(type)} PRIMARY KEY, email varchar(40) NOT NULL UNIQUE)");

    async Task RefusedAsync<T>(Func<int, long, T> make)
        where T : class
    {
        foreach (var (count, bad) in new[] { (1, 0), (3, 2), (3, 2), (4_000, 3_210) })
        {
            T[] rows = [.. Enumerable.Range(0, count).Select(i => make(i, i == bad ? 0 : i + 1))];
            var id = Table.For<T>().Column<object>("id");
            Func<Task>[] verbs =
            [
                () => Engine.UpsertAsync(rows, cancellationToken: Stop),
                () => Engine.UpsertAsync(rows.Where(_ => true), cancellationToken: Stop),
                () => Engine.UpsertAsync(rows, on: on => on.DoNothing(), cancellationToken: Stop),
                () => Engine.SyncAsync(rows, Raw("1 = 1").AsCondition(), cancellationToken: Stop),
                () => Engine.UpsertReturningAsync<T, Dictionary<string, object?>>(rows, [id.Description], cancellationToken: Stop).WriteBackAsync((_, _) => { }, Stop),
            ];
            foreach (var verb in verbs)
            {
                var refused = await Assert.ThrowsAsync<BulkRowException>(verb);
                Assert.Equal(("SLU0225", (long?)bad + 1, "id"), (refused.Code, refused.RowNumber, refused.ColumnName));
                Assert.Equal(0, await Database.CountAsync("guests"));
            }
        }
    }

    [Fact]
    public async Task Numbers()
    {
        await CreateAsync("bigint");
        await RefusedAsync((i, id) => new Guest { Id = id, Email = $"{i}@x" });
    }

    [Fact]
    public async Task Guids()
    {
        await CreateAsync("uuid");
        await RefusedAsync((i, id) => new GuidGuest { Id = id == 0 ? Guid.Empty : new Guid((int)id, 1, 1, new byte[8]), Email = $"{i}@x" });
    }

    [Fact]
    public async Task Texts()
    {
        await CreateAsync("text");
        await RefusedAsync((i, id) => new TextGuest { Id = id == 0 ? i % 2 == 0 ? "" : null : $"k{id}", Email = $"{i}@x" });
    }

    [Fact]
    public async Task Found_by_another_key_they_are_inserted_with_keys_of_their_own()
    {
        await CreateAsync("bigint");
        var table = Table.For<Guest>();
        Guest[] rows = [new() { Email = "a" }, new() { Email = "b" }];
        for (var round = 0; round < 2; round++)
            Assert.Equal(2, (await Engine.UpsertAsync(rows, on: on => on.Columns(table.Column<string>("email")).DoNothing(), cancellationToken: Stop)).Loaded);
        Assert.Equal(2, await Database.ScalarAsync<long>("SELECT count(DISTINCT id) FROM guests WHERE id <> 0"));
    }

    [Fact]
    public async Task A_zero_that_a_source_without_a_type_brings_is_the_key_that_it_says()
    {
        await CreateAsync("bigint");
        var rows = RowSource.From(["id", "email"], [[0L, "zero"]]);
        Assert.Equal(1, (await Engine.UpsertAsync(rows, table: await Engine.ReadTableAsync("guests", Stop), cancellationToken: Stop)).Inserted);
        Assert.Equal("zero", await Database.ScalarAsync<string>("SELECT email FROM guests WHERE id = 0"));
    }
}
