using Microsoft.EntityFrameworkCore;
using Sluice.ComparisonBenchmarks.Measuring;
using Sluice.ComparisonBenchmarks.Rows;
using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>EF Core: AddRange and SaveChanges. Its entities are made before the clock starts.</summary>
public sealed class EntityFramework : Technique
{
    public override string Name => "ef-savechanges";

    public override int MostRows => 100_000;

    public override int MostRuns => 1;

    public override async Task<Usage> MeasureAsync(Target target, RowSet rows)
    {
        var entities = rows.Array.Select(MetricEntity.From).ToArray();
        await using var context = new MetricContext(target);
        await context.Database.OpenConnectionAsync();
        await context.Database.ExecuteSqlRawAsync(target is SqliteTarget ? "PRAGMA synchronous = NORMAL" : "SELECT 1");
        return await Meter.MeasureAsync(async () =>
        {
            context.Metrics.AddRange(entities);
            await context.SaveChangesAsync();
        });
    }

    sealed class MetricContext(Target target) : DbContext
    {
        public DbSet<MetricEntity> Metrics => Set<MetricEntity>();

        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => _ = target switch
        {
            PostgresTarget postgres => optionsBuilder.UseNpgsql(postgres.ConnectionString),
            SqliteTarget sqlite => optionsBuilder.UseSqlite($"Data Source={sqlite.File};Pooling=False"),
            _ => throw new InvalidOperationException($"No EF Core provider is set up for '{target.Name}'."),
        };

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<MetricEntity>(entity =>
        {
            entity.ToTable("metrics").HasKey(m => new { m.DeviceId, m.Ts });
            entity.Property(m => m.DeviceId).HasColumnName("device_id").ValueGeneratedNever();
            entity.Property(m => m.Ts).HasColumnName("ts");
            entity.Property(m => m.Value).HasColumnName("value");
            entity.Property(m => m.Status).HasColumnName("status");
            entity.Property(m => m.Label).HasColumnName("label");
            entity.Property(m => m.UpdatedAt).HasColumnName("updated_at");
        });
    }

    sealed class MetricEntity
    {
        public long DeviceId { get; init; }

        public DateTimeOffset Ts { get; init; }

        public double Value { get; init; }

        public int Status { get; init; }

        public required string Label { get; init; }

        public DateTimeOffset? UpdatedAt { get; init; }

        internal static MetricEntity From(Metric row) => new()
        {
            DeviceId = row.DeviceId, Ts = row.Ts, Value = row.Value, Status = row.Status, Label = row.Label, UpdatedAt = row.UpdatedAt,
        };
    }
}
