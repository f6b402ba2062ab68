namespace Sluice;

/// <summary>Whom a part of the public API is for that may change with any version, by the code of the compiler's message.</summary>
static class ExperimentalFor
{
    /// <summary>Those who write a package for a database or another kind of file, and the code that Sluice generates.</summary>
    internal const string Providers = "SLU9001";
}
