namespace Sluice.Cli;

/// <summary>Why a load failed, for programs.</summary>
sealed record LoadError
{
    public required int ExitCode { get; init; }

    public string? Code { get; init; }

    public required string Message { get; init; }

    public long? Row { get; init; }

    public string? Column { get; init; }

    public string? Constraint { get; init; }

    public string? SqlState { get; init; }
}
