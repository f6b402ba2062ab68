namespace Sluice.Sqlite.Tests.Binders;

public enum Level : sbyte
{
    Low = -128,
    None = 0,
    High = 127,
}
