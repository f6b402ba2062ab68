using System.Globalization;

namespace Sluice.Reading.Related;

static class Invariant
{
    internal static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
