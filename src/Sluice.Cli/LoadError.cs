using System.Text.Json.Serialization;

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

    /// <summary>Whether the message is a list of lines of ours, in which the names and values of others are readable already.</summary>
    [JsonIgnore]
    internal bool IsList { get; init; }
}
