using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using static Sluice.Sql;

namespace Sluice.Sqlite.Tests.Values;

[Table("bands")]
public sealed partial class Band
{
    [Key, Column(Order = 0)]
    public decimal Ceiling { get; set; }

    [Key, Column(Order = 1)]
    public DateTimeOffset Since { get; set; }

    [ForeignKey("BandCeiling, BandSince")]
    public List<BandItem> Items { get; set; } = [];
}

[Table("band_items")]
public sealed partial class BandItem
{
    public int Id { get; set; }

    public decimal BandCeiling { get; set; }

    public DateTimeOffset BandSince { get; set; }

    [ForeignKey("BandCeiling, BandSince")]
    public Band? Band { get; set; }
}

/// <summary>Rows are related by values, in whatever usual form their texts are.</summary>
public sealed class RelatedValueTests(TestSqlite database) : IClassFixture<TestSqlite>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(IncludeStrategy.SelectIn)]
    [InlineData(IncludeStrategy.Joined)]
    [InlineData(IncludeStrategy.Subquery)]
    public async Task Exact_numbers_and_times_relate_rows(IncludeStrategy loading)
    {
        await database.ExecuteAsync("""
            DROP TABLE IF EXISTS bands; DROP TABLE IF EXISTS band_items;
            CREATE TABLE bands (ceiling DECIMAL_TEXT, since TIMESTAMPTZ, PRIMARY KEY (ceiling, since));
            CREATE TABLE band_items (id INTEGER PRIMARY KEY, band_ceiling DECIMAL_TEXT, band_since TIMESTAMPTZ);
            INSERT INTO bands VALUES ('5.0', '2024-05-01 12:00:00+00:00'), ('7.5', '2024-05-01 12:00:00+00:00');
            INSERT INTO band_items VALUES (1, '5', '2024-05-01 12:00:00+00:00'), (2, '5.0', '2024-05-01 12:00:00+00:00'), (3, '7.5', '2024-05-01 12:00:00+00:00');
            """);
        var b = Band.Table;
        var bands = await database.Engine.QueryAsync<Band>(Select(b).From(b).OrderBy(b.Ceiling).Include(b.Items, loading), Stop);
        Assert.Equal([5m, 7.5m], bands.Select(band => band.Ceiling));
        Assert.Equal([1, 2], bands[0].Items.Select(item => item.Id).Order());
        Assert.Equal([3], bands[1].Items.Select(item => item.Id));
    }
}
