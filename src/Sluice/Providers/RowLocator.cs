using System.Diagnostics.CodeAnalysis;

namespace Sluice.Providers;

/// <summary>Says where a row stands in its source, as "airports.csv line 42", or null where only its number is known.</summary>
[Experimental(ExperimentalFor.Providers)]
public delegate string? RowLocator<T>(in T row);
