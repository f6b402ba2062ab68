namespace Sluice.Cli.Tests;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(ExitCode.Done, ExitCode.Usage, ExitCode.Usage)]
    [InlineData(ExitCode.SourceUnreadable, ExitCode.Failed, ExitCode.Failed)]
    [InlineData(ExitCode.Unreachable, ExitCode.SourceUnreadable, ExitCode.Unreachable)]
    [InlineData(ExitCode.Failed, ExitCode.Terminated, ExitCode.Terminated)]
    public void The_graver_of_two_counts_in_either_order(int one, int other, int graver)
    {
        Assert.Equal(graver, ExitCode.Worse(one, other));
        Assert.Equal(graver, ExitCode.Worse(other, one));
    }

    [Fact]
    public void A_failure_has_the_code_of_its_kind()
    {
        Assert.Equal(ExitCode.Usage, ExitCode.Of(new BulkPlanException("SLU0103", "")));
        Assert.Equal(ExitCode.Unreachable, ExitCode.Of(new BulkException("SLU0301", "")));
        Assert.Equal(ExitCode.Unreachable, ExitCode.Of(new BulkException("SLU0302", "")));
        Assert.Equal(ExitCode.Failed, ExitCode.Of(new BulkException("SLU0305", "")));
        Assert.Equal(ExitCode.Failed, ExitCode.Of(new BulkRowException("SLU0203", "")));
        Assert.Equal(ExitCode.Failed, ExitCode.Of(new InvalidOperationException()));
    }
}
