using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Reading.Related;

/// <summary>A database with the shop in it.</summary>
public abstract class RelatedReadingSpec(TestDatabase database) : DatabaseSpec(database), IAsyncLifetime
{
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected static readonly Order.OrderTable o = Order.Table;
    protected static readonly Line.LineTable l = Line.Table;
    protected static readonly Tag.TagTable t = Tag.Table;
    protected static readonly Customer.CustomerTable c = Customer.Table;

    protected static SqlSelect AllOrders => Select(o).From(o).OrderBy(o.Id);

    public async ValueTask InitializeAsync()
    {
        if (await IsFilledAsync())
            return;
        await Engine.CreateTableAsync(c, Stop);
        await Engine.CreateTableAsync(Profile.Table, Stop);
        await Engine.CreateTableAsync(o, Stop);
        await Engine.CreateTableAsync(Product.Table, Stop);
        await Engine.CreateTableAsync(l, Stop);
        await Engine.CreateTableAsync(Note.Table, Stop);
        await Engine.CreateTableAsync(t, Stop);
        await Engine.CreateTableAsync(OrderTag.Table, Stop);
        await Engine.CreateTableAsync(Node.Table, Stop);
        await Engine.InsertAsync(ShopRows.s_customers, cancellationToken: Stop);
        await Engine.InsertAsync(ShopRows.s_profiles, cancellationToken: Stop);
        await Engine.InsertAsync(ShopRows.s_orders, cancellationToken: Stop);
        await Engine.InsertAsync(ShopRows.s_products, cancellationToken: Stop);
        await Engine.InsertAsync(ShopRows.s_lines, cancellationToken: Stop);
        await Engine.InsertAsync(ShopRows.s_notes, cancellationToken: Stop);
        await Engine.InsertAsync(ShopRows.s_tags, cancellationToken: Stop);
        await Engine.InsertAsync(ShopRows.s_orderTags, cancellationToken: Stop);
        await Engine.InsertAsync(ShopRows.s_nodes, cancellationToken: Stop);
        await Database.ExecuteAsync("CREATE TABLE r_filled(x int)");
    }

    async Task<bool> IsFilledAsync()
    {
        try
        {
            await Database.QueryAsync("SELECT * FROM r_filled");
            return true;
        }
        catch (System.Data.Common.DbException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> rows)
    {
        var list = new List<T>();
        await foreach (var row in rows)
            list.Add(row);
        return list;
    }
}
