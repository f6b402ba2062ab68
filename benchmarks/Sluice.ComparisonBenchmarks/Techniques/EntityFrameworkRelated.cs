using Microsoft.EntityFrameworkCore;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>How EF Core is asked for related rows.</summary>
public enum EntityFrameworkWay
{
    /// <summary>Include without tracking, a statement for each table.</summary>
    Split,

    /// <summary>Include without tracking, one statement.</summary>
    Single,

    /// <summary>A statement for each row's list, as lazy loading sends when a loop asks for it.</summary>
    OneByOne,
}

/// <summary>EF Core, which reads related rows in several ways.</summary>
public sealed class EntityFrameworkRelated(EntityFrameworkWay way) : RelatedTechnique
{
    PurchaseContext? _context;

    public const int MostOneByOne = 2_000;

    public override string Name => way switch { EntityFrameworkWay.Split => "ef-split-query", EntityFrameworkWay.Single => "ef-single-query", _ => "n-plus-one" };

    public override int MostRows => way is EntityFrameworkWay.OneByOne ? MostOneByOne : base.MostRows;

    protected override async Task OpenAsync(Target target)
    {
        _context = new PurchaseContext(target);
        await _context.Database.OpenConnectionAsync();
    }

    protected override async Task<IReadOnlyList<Purchase>> ReadAsync(int rows)
    {
        if (way is EntityFrameworkWay.OneByOne)
        {
            var purchases = await _context!.Set<Purchase>().Where(p => p.Id <= rows).ToListAsync();
            foreach (var purchase in purchases)
                await _context.Entry(purchase).Collection(p => p.Items).LoadAsync();
            return purchases;
        }
        var query = _context!.Set<Purchase>().AsNoTracking().Where(p => p.Id <= rows).Include(p => p.Items);
        return await (way is EntityFrameworkWay.Split ? query.AsSplitQuery() : query.AsSingleQuery()).ToListAsync();
    }

    protected override async Task CloseAsync() => await _context!.DisposeAsync();

    sealed class PurchaseContext(Target target) : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => _ = target switch
        {
            PostgresTarget postgres => optionsBuilder.UseNpgsql(postgres.ConnectionString),
            SqliteTarget sqlite => optionsBuilder.UseSqlite($"Data Source={sqlite.File};Pooling=False"),
            _ => throw new InvalidOperationException($"No EF Core provider is set up for '{target.Name}'."),
        };

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Purchase>(entity =>
            {
                entity.Property(p => p.Id).HasColumnName("id");
                entity.Property(p => p.Customer).HasColumnName("customer");
                entity.Property(p => p.Code).HasColumnName("code");
                entity.Property(p => p.At).HasColumnName("at");
                entity.HasMany(p => p.Items).WithOne().HasForeignKey(i => i.PurchaseId);
            });
            modelBuilder.Entity<PurchaseItem>(entity =>
            {
                entity.Property(i => i.Id).HasColumnName("id");
                entity.Property(i => i.PurchaseId).HasColumnName("purchase_id");
                entity.Property(i => i.Sku).HasColumnName("sku");
                entity.Property(i => i.Quantity).HasColumnName("quantity");
                entity.Property(i => i.Price).HasColumnName("price");
            });
        }
    }
}
