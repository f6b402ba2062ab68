using System.Diagnostics.CodeAnalysis;

namespace Sluice;

/// <summary>A load that notes in the target database how far it has come, and goes on from there when it is run again.</summary>
/// <param name="Name">What the load is known by, in all its runs.</param>
[Experimental(ExperimentalFor.Later)]
public sealed record Checkpoint(string Name);
