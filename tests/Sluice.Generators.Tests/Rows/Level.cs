namespace Sluice.Generators.Tests.Rows;

public enum Level : short
{
    Low = 1,
    High = 300,
}
