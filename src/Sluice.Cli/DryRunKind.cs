namespace Sluice.Cli;

/// <summary>What `--dry-run` does in place of a load.</summary>
enum DryRunKind
{
    /// <summary>It was not asked for.</summary>
    None,

    /// <summary>Every row is checked by the load's own rules, and none is sent.</summary>
    Check,

    /// <summary>The load runs in a transaction that is rolled back.</summary>
    Full,
}
