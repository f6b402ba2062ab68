namespace Sluice;

/// <summary>Whom a part of the public API is for that may change with any version, by the code of the compiler's message.</summary>
static class ExperimentalFor
{
    internal const string Providers = "SLU9001";
}
