namespace Sluice.Tests.Loads;

public enum Temperature : sbyte
{
    Cold = -1,
    Zero = 0,
}
