namespace Sluice.Architecture.Tests;

/// <summary>A rule of the code base: broken, it names each offender and says what to do.</summary>
static class Rule
{
    internal static void Holds(string rule, string remedy, IEnumerable<string> offenders)
    {
        var list = offenders.ToList();
        if (list.Count > 0)
            Assert.Fail($"{rule}{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", list)}{Environment.NewLine}{remedy}");
    }
}
