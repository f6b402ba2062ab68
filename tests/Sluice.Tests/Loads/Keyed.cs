namespace Sluice.Tests.Loads;

/// <summary>Rows of three fields, any of which may be the key's.</summary>
public readonly record struct Keyed<TA, TB, TC>(TA A, TB B, TC C);
