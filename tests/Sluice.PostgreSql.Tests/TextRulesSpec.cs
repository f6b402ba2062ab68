using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Sluice.Rows;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests;

[RowOf("padded")]
public sealed partial record Padded([property: Key] long Id, string Code);

[RowOf("emails")]
public sealed partial record Email([property: Key, Column("email")] string Address, int N);

[RowOf("padded_tree")]
public sealed partial record PaddedNode([property: Key] string Id, string? ParentId, int N);

[Table("padded_parents")]
public sealed partial class PaddedParent
{
    [Key]
    public string Code { get; set; } = "";

    public List<PaddedChild> Children { get; } = [];
}

[Table("padded_children")]
public sealed partial class PaddedChild
{
    [Key]
    public long Id { get; set; }

    [ForeignKey(nameof(Parent))]
    public string ParentCode { get; set; } = "";

    public PaddedParent? Parent { get; set; }
}

/// <summary>Columns whose text has rules of its own: char(n), where blanks at the end do not count, and citext, where capitals do not.</summary>
public abstract class TextRulesSpec(TestPostgres database) : IAsyncLifetime
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    Engine Engine => database.Engine;

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.ExecuteAsync("""
            CREATE EXTENSION IF NOT EXISTS citext;
            DROP TABLE IF EXISTS padded, padded_tree, padded_children, padded_parents, emails, people;
            DROP DOMAIN IF EXISTS email_address
            """);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("char(5)")]
    [InlineData("citext COLLATE \"C\"")]
    public async Task A_stream_by_key_ends_and_misses_no_row(string type)
    {
        await database.ExecuteAsync($"CREATE TABLE padded (id bigint PRIMARY KEY, code {type} NOT NULL); INSERT INTO padded VALUES (1, 'ab'), (2, 'AB'), (3, 'ab'), (4, 'cd'), (5, 'a'), (6, 'B')");
        var p = Padded.Table;
        long[] ids = [.. (await database.QueryAsync("SELECT id FROM padded ORDER BY code, id")).Select(r => (long)r[0]!)];
        foreach (var pageSize in new[] { 1, 2, 3 })
        {
            Assert.Equal(ids, await IdsAsync(Engine.StreamByKeyAsync<Padded>(Select(p).From(p), p.Code, pageSize, Stop)));
            Assert.Equal(ids.Reverse(), await IdsAsync(Engine.StreamByKeyAsync<Padded>(Select(p).From(p), p.Code.Desc(), pageSize, Stop)));
        }
    }

    static async Task<long[]> IdsAsync(IAsyncEnumerable<Padded> rows)
    {
        var ids = new List<long>();
        await foreach (var row in rows)
        {
            ids.Add(row.Id);
            Assert.True(ids.Count < 100);
        }
        return [.. ids];
    }

    [Theory]
    [InlineData("char(5)", "ab   ", 1)]
    [InlineData("citext", "AB", 2)]
    public async Task A_text_is_compared_by_the_columns_rules(string type, string text, int found)
    {
        await database.ExecuteAsync($"CREATE TABLE padded (id bigint PRIMARY KEY, code {type} NOT NULL); INSERT INTO padded VALUES (1, 'ab'), (2, 'AB'), (3, 'c\"\\,{{')");
        var p = Padded.Table;
        foreach (var condition in new[] { p.Code == text, p.Code.In("x", text), p.Code.Between(text, text), Tuple(p.Code, p.Id).GreaterThan(Tuple(Param(text), Param(0L))) & p.Id < 3 })
            Assert.Equal(found, (await Engine.QueryAsync<Padded>(Select(p).From(p).Where(condition), Stop)).Count);
        Assert.Equal([3], (await Engine.QueryAsync<Padded>(Select(p).From(p).Where(p.Code.In("c\"\\,{", "")), Stop)).Select(r => r.Id));
    }

    [Fact]
    public async Task Trees_are_changed_by_keys_of_char()
    {
        await database.ExecuteAsync("""
            CREATE TABLE padded_tree (id char(5) PRIMARY KEY, parent_id char(5) REFERENCES padded_tree, n int NOT NULL);
            INSERT INTO padded_tree VALUES ('a', NULL, 1), ('b', 'a', 1), ('c', 'b', 1)
            """);
        var t = PaddedNode.Table;
        Assert.Equal(3, await Engine.UpdateTreeAsync(Descendants(t, t.Id, t.ParentId, of: "a"), Update(t).Set(t.N, 2).Where(t.N == 1), TreeOrder.ParentsFirst, cancellationToken: Stop));
        Assert.Equal(2, await Engine.DeleteTreeAsync(Descendants(t, t.Id, t.ParentId, of: "b"), cancellationToken: Stop));
        Assert.Equal(1, await database.CountAsync("padded_tree"));
    }

    [Theory]
    [InlineData("char(5)")]
    [InlineData("citext")]
    public async Task Related_rows_are_found_by_their_keys(string type)
    {
        await database.ExecuteAsync($"""
            CREATE TABLE padded_parents (code {type} PRIMARY KEY);
            CREATE TABLE padded_children (id bigint PRIMARY KEY, parent_code {type} NOT NULL REFERENCES padded_parents);
            INSERT INTO padded_parents VALUES ('ab'), ('cd');
            INSERT INTO padded_children VALUES (1, 'ab'), (2, 'ab'), (3, 'cd')
            """);
        var p = PaddedParent.Table;
        foreach (var loading in new[] { IncludeStrategy.SelectIn, IncludeStrategy.Joined })
        {
            var parents = await Engine.QueryAsync<PaddedParent>(Select(p).From(p).OrderBy(p.Code).Include(p.Children, loading), Stop);
            Assert.Equal([2, 1], parents.Select(r => r.Children.Count));
        }
    }

    // The type of the key, and two texts that are one key in it.
    public static TheoryData<string, string, string> Twins => new()
    {
        { "citext", "Abc", "aBC" }, { "email_address", "Abc", "aBC" }, { "char(5)", "abc", "abc  " }, { "text COLLATE nocase", "Abc", "aBC" }, { "varchar(20) COLLATE nocase", "Abc", "aBC" },
    };

    [Theory]
    [MemberData(nameof(Twins))]
    public async Task Two_rows_whose_keys_only_the_server_takes_for_one_are_named(string type, string one, string other)
    {
        await database.ExecuteAsync($"""
            CREATE DOMAIN email_address AS citext;
            DROP COLLATION IF EXISTS nocase;
            CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
            CREATE TABLE emails (email {type} PRIMARY KEY, n int)
            """);
        foreach (var (count, first, second) in new[] { (2, 0, 1), (40, 7, 31), (40, 7, 31), (4_000, 11, 3_990) })
        {
            Email[] rows = [.. Enumerable.Range(0, count).Select(i => new Email(i == first ? one : i == second ? other : $"{i}", i))];
            var table = Email.Table;
            foreach (var options in new BulkOptions[] { new(), new() { Target = new() { Path = RowPath.Staging } }, new() { ChunkSize = ChunkSize.Fixed(25) }, new() { Duplicates = Duplicates.KeepLast } })
            {
                Func<Task>[] verbs =
                [
                    () =>
                        Engine.UpsertAsync(rows, options: options, cancellationToken: Stop), () =>
                            Engine.UpsertAsync(rows, on: on => on.DoNothing(), options: options, cancellationToken: Stop),
                    () =>
                        Engine.UpdateAsync(rows, options: options, cancellationToken: Stop), () =>
                            Engine.DeleteAsync(rows, options: options, cancellationToken: Stop),
                    () => Engine.SyncAsync(rows, table.N > -1, options: options, cancellationToken: Stop),
                    () => Engine.UpsertReturningAsync(rows, table.N, options: options, cancellationToken: Stop).WriteBackAsync((_, _) => { }, Stop),
                    () => Engine.DeleteReturningAsync(rows, table.N, options: options, cancellationToken: Stop).WriteBackAsync((_, _) => { }, Stop),
                ];
                foreach (var verb in verbs)
                {
                    var refused = await Assert.ThrowsAsync<BulkRowException>(verb);
                    Assert.Equal(("SLU0226", (long?)second + 1), (refused.Code, refused.RowNumber));
                    Assert.Contains($"row {first + 1},", refused.Message, StringComparison.Ordinal);
                }
                Assert.Equal(0, await database.CountAsync("emails"));
            }
            Assert.Equal(count - 1, (await Engine.UpsertAsync(rows.Where((_, i) => i != second), cancellationToken: Stop)).Inserted);
            await database.ExecuteAsync("TRUNCATE emails");
        }
    }

    [Theory]
    [InlineData("citext", RowPath.Arrays)]
    [InlineData("citext", RowPath.Staging)]
    [InlineData("email_address", RowPath.Arrays)]
    [InlineData("email_address", RowPath.Staging)]
    public async Task Rows_are_found_by_keys_of_citext_whichever_way_they_go(string type, RowPath path)
    {
        await database.ExecuteAsync($"CREATE DOMAIN email_address AS citext CHECK (VALUE <> ''); CREATE TABLE emails (email {type} PRIMARY KEY, id bigint GENERATED ALWAYS AS IDENTITY, n int); INSERT INTO emails VALUES ('abc', DEFAULT, 1)");
        var options = new BulkOptions { Target = new() { Path = path } };
        var updated = await Engine.UpdateAsync<Email>([new("ABC", 2), new("none", 2)], options: options, cancellationToken: Stop);
        Assert.Equal((1, 1), (updated.Updated, updated.Skipped));
        var table = await Engine.ReadTableAsync("emails", Stop);
        var ids = new List<long>();
        await foreach (var row in Engine.UpsertReturningAsync<Email, long>([new("ABC", 3), new("x", 4)], table.Column<long>("id"), cancellationToken: Stop))
            ids.Add(row.Value);
        Assert.Equal([1, 1], [ids.Count(i => i == 1), ids.Count(i => i != 1)]);
        Assert.Equal(2, (await Engine.DeleteAsync<Email>([new("aBC", 3), new("X", 4)], options: options, cancellationToken: Stop)).Deleted);
    }
}

public sealed class Postgres15TextRulesSpec(Postgres15 database) : TextRulesSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18TextRulesSpec(Postgres18 database) : TextRulesSpec(database), IClassFixture<Postgres18>;
