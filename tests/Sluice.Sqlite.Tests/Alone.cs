namespace Sluice.Sqlite.Tests;

/// <summary>Tests that measure the whole process, after all others.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
