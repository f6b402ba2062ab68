using Sluice.Files.Values;

namespace Sluice.Files.Detection;

/// <summary>Decides whether the first row of a delimited file names its columns.</summary>
static class HeaderDetection
{
    // As many rows as it takes to see that none of them counts up as the first one does.
    const int Compared = 100;

    /// <param name="first">The row in question.</param>
    /// <param name="rows">The sampled rows behind it.</param>
    /// <param name="rest">What they have in common.</param>
    internal static bool HasHeader(FileRow first, ReadOnlySpan<FileRow> rows, ReadOnlySpan<ColumnEvidence> rest)
    {
        var isAlike = false;
        for (var i = 0; i < rest.Length; i++)
        {
            if (!first.TryGetText(i, out var text) || text.IsEmpty)
                continue;
            // A word over a column of numbers or dates names it.
            if (rest[i].IsTyped && !rest[i].Fits(text))
                return true;
            isAlike |= (rows.IsEmpty || rest[i].IsTyped) && ColumnEvidence.Classify(text) is not TextClass.Text;
        }
        // Where all is text nothing tells, and files with names are the rule.
        return !isAlike || Counts(first, rows);
    }

    // Years, quarters or numbers that name columns go up by the same step from one to the next, behind a word, and values do not.
    static bool Counts(FileRow first, ReadOnlySpan<FileRow> rows)
    {
        if (rows.IsEmpty || !GoesUp(first, out var from))
            return false;
        foreach (var row in rows[..Math.Min(rows.Length, Compared)])
        {
            if (GoesUp(row, out var other) && other == from)
                return false;
        }
        return true;
    }

    /// <summary>Whether a row is words and then whole numbers that go up by one step; three of them, or two that are years.</summary>
    static bool GoesUp(FileRow row, out int from)
    {
        from = -1;
        long last = 0, step = 0;
        var isYears = true;
        for (var i = 0; i < row.Count; i++)
        {
            row.TryGetText(i, out var text);
            if (WholeNumber.Parse(text, keepsText: true, out var value) is not ValueFault.None)
            {
                if (from >= 0 || text.IsEmpty)
                    return false;
                continue;
            }
            if (from >= 0 && (value <= last || (step > 0 && value - last != step)))
                return false;
            step = from < 0 ? 0 : value - last;
            from = from < 0 ? i : from;
            last = value;
            isYears &= value is >= 1000 and < 3000;
        }
        return from > 0 && step > 0 && (row.Count - from > 2 || isYears);
    }
}
