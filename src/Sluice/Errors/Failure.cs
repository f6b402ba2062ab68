using System.Diagnostics.CodeAnalysis;

namespace Sluice;

/// <summary>What went wrong, in the parts that a message is composed of.</summary>
/// <param name="Code">The code that docs/errors.md explains, such as SLU0301.</param>
/// <param name="Problem">What was there and what was needed, without a full stop.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Kept">What is left of what was asked for.</param>
[Experimental(ExperimentalFor.Providers)]
public sealed record Failure(string Code, string Problem, Remedy Remedy, Kept Kept)
{
    /// <summary>What failed.</summary>
    public FailureKind Kind { get; init; } = FailureKind.Execution;

    /// <summary>The row's place in the source, from 1, or null.</summary>
    public long? RowNumber { get; init; }

    /// <summary>The row's place as its source tells it, such as "airports.csv line 42", or null.</summary>
    public string? Location { get; init; }

    /// <summary>The column at fault, or null.</summary>
    public string? ColumnName { get; init; }

    /// <summary>The constraint at fault, or null.</summary>
    public string? Constraint { get; init; }

    /// <summary>The SQLSTATE, or null.</summary>
    public string? SqlState { get; init; }

    /// <summary>The value at fault, cut to 64 characters, where the caller asked for values; else null.</summary>
    public string? Value { get; init; }

    /// <summary>Whether there is a value at fault that the caller did not ask to see.</summary>
    public bool HidesValue { get; init; }

    /// <summary>Whether the same may succeed when it is done again.</summary>
    public bool IsTransient { get; init; }

    /// <summary>The first sentence of a message: the row and column, the problem and the value, without a full stop.</summary>
    public string Headline => Place + Problem + (Value is null ? "" : $" (value '{Value}')");

    /// <summary>The message, in the words of a program's author.</summary>
    public string Message => Compose(Headline, Remedy.Text, Kept.ToString(), HidesValue ? "Set IncludeValues to see the value." : "", Code);

    /// <summary>A message of its parts; those that are empty are left out.</summary>
    public static string Compose(string headline, string remedy, string kept, string hint, string code) =>
        string.Join(' ', new[] { headline + ".", remedy, kept, hint, $"({code})" }.Where(part => part.Length > 0));

    string Place
    {
        get
        {
            if (Kind is not FailureKind.Row)
                return "";
            var row = RowNumber is { } number
                ? FormattableString.Invariant($"Row {number}") + (Location is null ? "" : $" ({Location})")
                : "";
            var column = ColumnName is null ? "" : (row.Length == 0 ? "Column '" : ", column '") + ColumnName + "'";
            return row.Length + column.Length == 0 ? "" : $"{row}{column}: ";
        }
    }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
