namespace Sluice.Tests.Loading;

public enum Temperature : sbyte
{
    Cold = -1,
    Zero = 0,
}
