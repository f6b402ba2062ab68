using Sluice.Cli.Progress;

namespace Sluice.Cli.Tests;

public sealed class PlainProgressTests
{
    [Fact]
    public void A_line_has_the_rates_of_the_period_and_of_all() => Assert.Equal(
        "(1m05s), row rate 100000/sec (period), row rate 120000/sec (overall), 7,800,000 rows sent, 0 committed",
        PlainProgress.Format(TimeSpan.FromSeconds(65), 7_800_000, 0, TimeSpan.FromSeconds(10), 1_000_000));

    [Fact]
    public void No_time_is_no_rate() => Assert.Equal(
        "(0m00s), row rate 0/sec (period), row rate 0/sec (overall), 5 rows sent, 5 committed",
        PlainProgress.Format(TimeSpan.Zero, 5, 5, TimeSpan.Zero, 5));
}
