namespace Sluice.Cli;

/// <summary>What the process tells its caller, so that a script can tell the failures apart.</summary>
static class ExitCode
{
    internal const int Done = 0;
    internal const int Failed = 1;
    internal const int Usage = 2;
    internal const int Unreachable = 5;
    internal const int SourceUnreadable = 6;
    internal const int HungUp = 129;
    internal const int Interrupted = 130;
    internal const int OutputClosed = 141;
    internal const int Terminated = 143;

    /// <summary>The code of a failure.</summary>
    internal static int Of(Exception failure) => failure switch
    {
        BulkException { Failure.Kind: FailureKind.Plan or FailureKind.MissingTable } => Usage,
        BulkException { Failure.Kind: FailureKind.Source } => SourceUnreadable,
        BulkException { Failure.Kind: FailureKind.Unreachable } => Unreachable,
        _ => Failed,
    };

    /// <summary>
    /// The graver of two codes: a failed load outweighs a target that was not reached, and that a file that was not read.
    /// </summary>
    internal static int Worse(int one, int other) => Gravity(one) >= Gravity(other) ? one : other;

    static int Gravity(int code) => code switch
    {
        Done => 0,
        Usage => 1,
        SourceUnreadable => 2,
        Unreachable => 3,
        Failed => 4,
        _ => 5,
    };
}
