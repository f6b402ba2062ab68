using System.Data.Common;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Schema;

/// <summary>A description becomes a table, and the table's description is the same again.</summary>
public abstract class CreateTableSpec(TestDatabase database) : DatabaseSpec(database), IAsyncLifetime
{
    static readonly Account.AccountTable s_a = Account.Table;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS account");
        await Database.ExecuteAsync("DROP TABLE IF EXISTS owner");
        await Engine.CreateTableAsync(Owner.Table, Stop);
        await Engine.CreateTableAsync(s_a, Stop);
        await Engine.InsertAsync([new Owner(7, "Ada")], cancellationToken: Stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_the_row_leaves_out_the_database_fills()
    {
        for (var i = 1; i <= 2; i++)
        {
            await Engine.ExecuteAsync(
                InsertInto(s_a).Columns(s_a.Email, s_a.Country, s_a.Number).Values($"{i}@x", "de", i), Stop);
        }
        var rows = await Engine.QueryAsync<Account>(Select(s_a).From(s_a).OrderBy(s_a.Id), Stop);
        Assert.Equal([(1L, "EUR", 0.0, (long?)null), (2L, "EUR", 0.0, null)], rows.Select(r => (r.Id, r.Currency, r.Balance, r.OwnerId)));
        Assert.All(rows, row => Assert.InRange(row.Opened, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1)));
    }

    [Fact]
    public async Task The_database_enforces_every_constraint()
    {
        await AddAsync("a@x", "de", 1, "EUR", 1, 7);
        await RefusedAsync("23505", AddAsync("a@x", "de", 2, "EUR", 1, 7));
        await RefusedAsync("23505", AddAsync("b@x", "de", 1, "EUR", 1, 7));
        await RefusedAsync("23514", AddAsync("c@x", "de", 3, "EUR", -1, 7));
        await RefusedAsync("23514", AddAsync("d@x", "de", 4, "it's) --", 1, 7));
        await RefusedAsync("23503", AddAsync("e@x", "de", 5, "EUR", 1, 8));
        await RefusedAsync("23502", Engine.ExecuteAsync(InsertInto(s_a).Columns(s_a.Email, s_a.Country, s_a.Number).Values("f@x", Null, 6), Stop));
        Assert.Equal(1, await Database.CountAsync("account"));

        Task<long> AddAsync(string email, string country, int number, string currency, double balance, long owner) => Engine.ExecuteAsync(
            InsertInto(s_a).Columns(s_a.Email, s_a.Country, s_a.Number, s_a.Currency, s_a.Balance, s_a.OwnerId).Values(email, country, number, currency, balance, owner), Stop);

        static async Task RefusedAsync(string state, Task<long> adding) =>
            Assert.Equal(state, (await Assert.ThrowsAnyAsync<DbException>(() => adding)).SqlState);
    }

    [Fact]
    public async Task The_catalog_gives_the_description_back()
    {
        var read = await Engine.ReadTableAsync("account", Stop);
        Assert.Equal(s_a.Columns.Select(c => (c.Name, c.IsNullable, c.Generated)), read.Columns.Select(c => (c.Name, c.IsNullable, c.Generated)));
        Assert.Equal(["id"], read.PrimaryKey.Select(c => c.Name));
        Assert.Equal(["country,number", "email"], read.UniqueKeys.Where(k => !k.IsPrimary).Select(k => string.Join(',', k.Columns)).Order(StringComparer.Ordinal));
        var reference = Assert.Single(read.ForeignKeys);
        Assert.Equal(("owner_id", "owner", "id"), (reference.Columns.Single(), reference.ReferencedTable, reference.ReferencedColumns.Single()));
        Assert.Equal(2, read.Checks.Count);
        Assert.Contains(read.Checks, c => c.Name == "account_balance_check" && c.Condition.Contains("balance >=", StringComparison.Ordinal));
        Assert.Contains(read.Checks, c => c.Condition.Contains("'it''s) --'", StringComparison.Ordinal));
        Assert.Equal(["currency", "balance", "opened"], read.Columns.Where(c => c.Default is not null && c.Generated is Generated.Never).Select(c => c.Name));
    }

    [Fact]
    public async Task A_table_made_from_what_the_catalog_said_is_described_alike()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS shelf");
        await Database.ExecuteAsync("DROP TABLE IF EXISTS shelf_copy");
        await Database.ExecuteAsync("""
            CREATE TABLE shelf (
              id bigint NOT NULL PRIMARY KEY, -- CHECK (in a comment)
              "we ird, (name" varchar(20) DEFAULT 'a, (b' CHECK ("we ird, (name" <> 'x)'),
              price double precision NOT NULL CONSTRAINT "pri ce" CHECK (price > 0 AND (price < 10)),
              doubled double precision GENERATED ALWAYS AS (price * 2) STORED,
              /* CONSTRAINT c CHECK (0) */ gone bigint,
              CONSTRAINT both_of UNIQUE (id, price))
            """);
        await Database.ExecuteAsync("CREATE UNIQUE INDEX shelf_live ON shelf (price) WHERE gone IS NULL");
        var first = await Engine.ReadTableAsync("shelf", Stop);
        Assert.Equal("price * 2", first.Columns.Single(c => c.Name == "doubled").Default?.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal).Replace("::double precision", "", StringComparison.Ordinal));
        var copy = new Table("shelf_copy", null, first.Columns, [0])
        {
            UniqueKeys = [.. first.UniqueKeys.Select(k => k with { Name = "copy_" + k.Name })],
            Checks = [.. first.Checks.Select(c => c with { Name = c.Name is null ? null : "copy_" + c.Name })],
        };
        await Engine.CreateTableAsync(copy, Stop);
        await Engine.CreateTableAsync(copy, Stop);
        var second = await Engine.ReadTableAsync("shelf_copy", Stop);

        Assert.Equal(Text(first), Text(second));
        Assert.Equal(2, second.Checks.Count);
        Assert.Contains(second.UniqueKeys, k => k.Predicate is not null);
        await Database.ExecuteAsync("INSERT INTO shelf_copy (id, price) VALUES (1, 2)");
        await Assert.ThrowsAnyAsync<DbException>(() => Database.ExecuteAsync("INSERT INTO shelf_copy (id, price) VALUES (2, 2)"));
        await Assert.ThrowsAnyAsync<DbException>(() => Database.ExecuteAsync("INSERT INTO shelf_copy (id, price) VALUES (3, 12)"));
        Assert.Equal(4, await Database.ScalarAsync<double>("SELECT doubled FROM shelf_copy"));

        // SQLite's declared types are free text, of which a description keeps the meaning and not the words.
        string Type(Column column) => Database.Name.StartsWith("PostgreSQL", StringComparison.Ordinal) ? $"{column.Type} {column.Generated}" : "";

        string Text(Table table) => string.Join('\n',
            [.. table.Columns.Select(c => $"{c.Name} {Type(c)} {c.IsNullable} {c.Default}"),
             .. table.UniqueKeys.Select(k => $"{string.Join(',', k.Columns)} {k.Predicate} {k.IsPrimary} {k.NullsNotDistinct}").Order(StringComparer.Ordinal),
             .. table.Checks.Select(c => c.Condition).Order(StringComparer.Ordinal)]);
    }

    [Fact]
    public async Task Creating_a_table_that_is_there_changes_nothing()
    {
        await Engine.CreateTableAsync(new Table("account", null, [Column.For(new Column<string>("other", SqlType.Text))], [0]), Stop);
        Assert.Equal(8, (await Engine.ReadTableAsync("account", Stop)).Columns.Count);
    }

    [Fact]
    public async Task Keys_without_a_name_get_one_that_the_database_keeps()
    {
        var table = LongNamed.Table;
        await Database.ExecuteAsync($"DROP TABLE IF EXISTS {table.Name}");
        await Engine.CreateTableAsync(table, Stop);
        await Engine.InsertAsync([new LongNamed(1, "a", "b", 1)], cancellationToken: Stop);
        foreach (var twin in new[] { new LongNamed(2, "a", "c", 2), new LongNamed(2, "c", "b", 2), new LongNamed(2, "c", "c", 1) })
            Assert.Equal("23505", (await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync([twin], cancellationToken: Stop))).SqlState);
        Assert.Equal(3, table.UniqueKeys.Select(k => k.Name).Distinct().Count());
        Assert.All(table.UniqueKeys, key => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(key.Name), 1, 63));
        var found = await Engine.ReadTableAsync(table.Name, Stop);
        Assert.Equal(1, (await Engine.UpsertAsync([new LongNamed(1, "a", "z", 1)], on: on => on.Constraint(table.UniqueKeys[0].Name), cancellationToken: Stop)).Updated);
        Assert.Equal(table.UniqueKeys.Select(k => k.Name).Order(StringComparer.Ordinal), found.UniqueKeys.Where(k => !k.IsPrimary).Select(k => k.Name).Order(StringComparer.Ordinal));
    }
}
