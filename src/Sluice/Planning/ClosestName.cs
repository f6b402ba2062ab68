using System.Diagnostics.CodeAnalysis;

namespace Sluice.Planning;

/// <summary>Finds the name that a mistyped one probably meant.</summary>
[Experimental(ExperimentalFor.Providers)]
public static class ClosestName
{
    /// <summary>The candidate with the fewest edits from a name, or null where none is near.</summary>
    /// <remarks>Near is at most a third of the name's length, and case does not count.</remarks>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        string? closest = null;
        var least = Math.Max(2, name.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var edits = Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (edits < least)
                (closest, least) = (candidate, edits);
        }
        return closest;
    }

    // Levenshtein's distance, one row of the table at a time.
    static int Edits(string from, string to)
    {
        var costs = new int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++)
            costs[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = costs[0];
            costs[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var substitution = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.Min(substitution, Math.Min(costs[j], costs[j - 1]) + 1);
            }
        }
        return costs[to.Length];
    }
}
