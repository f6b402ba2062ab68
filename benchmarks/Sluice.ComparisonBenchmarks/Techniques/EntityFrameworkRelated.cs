using Microsoft.EntityFrameworkCore;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>EF Core: Include without tracking, by a statement for each table or by one.</summary>
public sealed class EntityFrameworkRelated(bool isSplit) : RelatedTechnique
{
    PurchaseContext? _context;

    public override string Name => isSplit ? "ef-split-query" : "ef-single-query";

    protected override async Task OpenAsync(Target target)
    {
        _context = new PurchaseContext(target);
        await _context.Database.OpenConnectionAsync();
    }

    protected override async Task<IReadOnlyList<Purchase>> ReadAsync(int rows)
    {
        var query = _context!.Set<Purchase>().AsNoTracking().Where(p => p.Id <= rows).Include(p => p.Items);
        return await (isSplit ? query.AsSplitQuery() : query.AsSingleQuery()).ToListAsync();
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
