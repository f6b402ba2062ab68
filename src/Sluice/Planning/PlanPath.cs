using System.Diagnostics.CodeAnalysis;

namespace Sluice.Planning;

/// <summary>The physical form in which a plan's rows reach the table. Each database has a closed set of its own.</summary>
/// <remarks>What a way needs to be decided besides is a part of it, so that its writer decides nothing again.</remarks>
[Experimental(ExperimentalFor.Providers)]
public abstract record PlanPath
{
    /// <summary>The way in words, such as "prepared rows".</summary>
    public abstract string Name { get; }

    /// <summary>The way in words.</summary>
    public sealed override string ToString() => Name;
}
