using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rows;

/// <summary>A value that its column cannot hold; the writer adds the row and reports it as a <see cref="BulkRowException"/>.</summary>
/// <param name="problem">
/// What was there and what was needed, as a clause: "the number exceeds smallint". No value of the user's in it.
/// </param>
/// <param name="remedy">What to do about it, as a sentence.</param>
[Experimental(ExperimentalFor.Providers)]
public sealed class ValueException(string problem, Remedy remedy) : Exception(problem)
{
    /// <summary>What was there and what was needed.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to do about it.</summary>
    public Remedy Remedy { get; } = remedy;

    /// <summary>The position of the field, where the thrower knows it better than the sink; else -1.</summary>
    public int Field { get; init; } = -1;

    /// <summary>The value as text, shown only when <see cref="BulkOptions.IncludeValues"/> is on.</summary>
    public string? Value { get; init; }

    /// <summary>The SQLSTATE that a server would have answered, where there is one.</summary>
    public string? SqlState { get; init; }

    /// <summary>The code that docs/errors.md explains.</summary>
    internal string Code { get; init; } = "SLU0203";

    /// <summary>The same fault, with the position of the field.</summary>
    internal ValueException At(int field) => new(Problem, Remedy) { Field = field, Value = Value, SqlState = SqlState, Code = Code };
}
