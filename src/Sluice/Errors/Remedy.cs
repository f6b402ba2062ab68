using System.Diagnostics.CodeAnalysis;

namespace Sluice;

/// <summary>What to do about a failure, in the words of each who can do something.</summary>
/// <param name="Text">What the author of a program does, as sentences.</param>
[Experimental(ExperimentalFor.Providers)]
public sealed record Remedy(string Text)
{
    /// <summary>
    /// What the user of the command line does, where that is something else: a flag instead of a property; empty where there is nothing.
    /// </summary>
    public string? Command { get; init; }

    /// <summary>A remedy that is the same for all.</summary>
    public static implicit operator Remedy(string text) => new(text);

    /// <summary>A remedy that is the same for all.</summary>
    public static Remedy FromString(string text) => new(text);

    /// <summary>The same remedy with a sentence before it.</summary>
    public Remedy After(string sentence) => new($"{sentence} {Text}") { Command = Command is null ? null : $"{sentence} {Command}" };

    /// <summary>The same remedy, or another one after it.</summary>
    internal Remedy Or(string other) => new($"{Text} {other}") { Command = Command is null ? null : $"{Command} {other}" };

    /// <summary>What the author of a program does.</summary>
    public override string ToString() => Text;
}
