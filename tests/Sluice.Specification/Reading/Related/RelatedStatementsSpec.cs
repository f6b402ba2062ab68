using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Reading.Related;

/// <summary>How many statements the database gets, as its driver tells: one, and for each relation one for every 5,000 keys that differ.</summary>
public abstract class RelatedStatementsSpec(TestDatabase database) : RelatedReadingSpec(database)
{
    /// <summary>Runs work and gives the texts of the SELECTs and FETCHes that the driver sent meanwhile.</summary>
    protected abstract Task<IReadOnlyList<string>> TraceAsync(Func<Database, Task> work);

    async Task<IReadOnlyList<string>> SentAsync(SqlSelect query) => await TraceAsync(database => database.QueryAsync<Order>(query, Stop));

    [Fact]
    public async Task A_relation_by_keys_is_one_statement_more()
    {
        Assert.Single(await SentAsync(AllOrders));
        Assert.Equal(2, (await SentAsync(AllOrders.Include(o.Lines))).Count);
        Assert.Equal(4, (await SentAsync(AllOrders.Include(o.Lines).Include(o.Customer).Include(o.Tags.Through(OrderTag.Table)))).Count);
        Assert.Equal(4, (await SentAsync(AllOrders.Include(o.Lines.Include(l.Product).Include(l.Notes)))).Count);
    }

    [Fact]
    public async Task A_joined_relation_is_none_more()
    {
        Assert.Single(await SentAsync(AllOrders.Include(o.Lines.Include(l.Product, IncludeStrategy.Joined), IncludeStrategy.Joined).Include(o.Customer, IncludeStrategy.Joined)));
        Assert.Equal(2, (await SentAsync(AllOrders.Include(o.Lines.Include(l.Product, IncludeStrategy.Joined)))).Count);
    }

    [Fact]
    public async Task A_relation_by_subquery_is_one_more() =>
        Assert.Equal(4, (await SentAsync(AllOrders.Include(o.Lines.Include(l.Product, IncludeStrategy.Subquery), IncludeStrategy.Subquery).Include(o.Customer, IncludeStrategy.Subquery))).Count);

    [Fact]
    public async Task Without_keys_nothing_is_asked()
    {
        Assert.Single(await SentAsync(AllOrders.Where(o.Id < 0).Include(o.Lines.Include(l.Notes)).Include(o.Customer)));
        Assert.Single(await SentAsync(AllOrders.Where(o.CustomerId.IsNull()).Include(o.Customer)));
        // Orders whose number ends in 5 or 0 have no lines, so that nothing can be related to those.
        Assert.Equal(2, (await SentAsync(AllOrders.Where(o.Id == 5).Include(o.Lines.Include(l.Notes)))).Count);
    }

    [Fact]
    public async Task One_text_serves_all_numbers_of_keys()
    {
        var few = await SentAsync(AllOrders.Where(o.Id < 4).Include(o.Lines.Include(l.Notes)));
        var many = await SentAsync(AllOrders.Where(o.Id < 40).Include(o.Lines.Include(l.Notes)));

        Assert.Equal(few, many);
    }

    [Fact]
    public async Task Keys_are_sent_each_once_and_5000_at_a_time()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS r_owners");
        await Database.ExecuteAsync("CREATE TABLE r_owners(id bigint)");
        await Database.ExecuteAsync("DROP TABLE IF EXISTS r_badges");
        await Database.ExecuteAsync("CREATE TABLE r_badges(id bigint, owner_id bigint)");
        await Engine.InsertAsync(Enumerable.Range(1, 10_001).Concat(Enumerable.Range(1, 10_001)).Select(i => new Owner { Id = i }), cancellationToken: Stop);
        await Engine.InsertAsync(Enumerable.Range(1, 10_001).Where(i => i % 3 == 0).Select(i => new Badge { Id = i, OwnerId = i }), cancellationToken: Stop);
        var owner = Owner.Table;
        IReadOnlyList<Owner> read = [];

        var sent = await TraceAsync(async database => read = await database.QueryAsync<Owner>(Select(owner).From(owner).Include(owner.Badge), Stop));

        Assert.Equal(1 + 3, sent.Count);
        Assert.Equal(20_002, read.Count);
        Assert.All(read, x => Assert.Equal(x.Id % 3 == 0 ? x.Id : null, x.Badge?.Id));
    }

    [Fact]
    public async Task A_stream_asks_for_each_batch()
    {
        var query = AllOrders.Where(o.Id <= 20).Include(o.Lines).Include(o.Customer, IncludeStrategy.Joined);

        var sent = await TraceAsync(async database =>
        {
            await foreach (var row in database.StreamAsync<Order>(query, new StreamOptions { YieldPer = 10 }, Stop))
                Assert.NotNull(row.Lines);
        });

        // What reads the batches themselves is the database's own way.
        Assert.Equal(2, sent.Count(text => text.Contains("r_lines", StringComparison.Ordinal)));
        Assert.Equal(1, sent.Count(text => text.Contains("r_customers", StringComparison.Ordinal)));
    }
}
