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
        Assert.Equal(ExitCode.Usage, ExitCode.Of(new BulkPlanException("SLU0103", "", "")));
        Assert.Equal(ExitCode.Usage, Of(FailureKind.MissingTable));
        Assert.Equal(ExitCode.Unreachable, Of(FailureKind.Unreachable));
        Assert.Equal(ExitCode.SourceUnreadable, Of(FailureKind.Source));
        Assert.Equal(ExitCode.Failed, Of(FailureKind.Execution));
        Assert.Equal(ExitCode.Failed, Of(FailureKind.Output));
        Assert.Equal(ExitCode.Failed, Of(FailureKind.UnknownOutcome));
        Assert.Equal(ExitCode.Failed, ExitCode.Of(new BulkRowException(new Failure("SLU0203", "", "", Kept.Unsaid) { Kind = FailureKind.Row })));
        Assert.Equal(ExitCode.Failed, ExitCode.Of(new InvalidOperationException()));
    }

    static int Of(FailureKind kind) => ExitCode.Of(new BulkException(new Failure("SLU0305", "", "", Kept.Unsaid) { Kind = kind }));
}
