namespace Sluice.Cli.Progress;

/// <summary>How a load's progress is shown.</summary>
enum ProgressKind
{
    /// <summary>A bar where someone watches a terminal, else plain lines.</summary>
    Auto,

    /// <summary>A line of text every ten seconds and at the end.</summary>
    Plain,

    /// <summary>An event a line, every second.</summary>
    Json,

    /// <summary>Nothing but errors.</summary>
    None,

    /// <summary>A bar: what <see cref="Auto"/> becomes on a terminal.</summary>
    Bar,
}
