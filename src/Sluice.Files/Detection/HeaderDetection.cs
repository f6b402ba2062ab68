namespace Sluice.Files.Detection;

/// <summary>Decides whether the first row of a delimited file names its columns.</summary>
static class HeaderDetection
{
    /// <param name="rows">The sample, the row in question first.</param>
    /// <param name="rest">What the rows behind it have in common.</param>
    internal static bool HasHeader(ReadOnlySpan<FileRow> rows, ReadOnlySpan<ColumnEvidence> rest)
    {
        var isAlike = false;
        for (var i = 0; i < rest.Length; i++)
        {
            if (!rows[0].TryGetText(i, out var text) || text.IsEmpty)
                continue;
            // A word over a column of numbers or dates names it.
            if (rest[i].IsTyped && !rest[i].Fits(text))
                return true;
            isAlike |= (rows.Length == 1 || rest[i].IsTyped) && ColumnEvidence.Classify(text) is not TextClass.Text;
        }
        // Where all is text nothing tells, and files with names are the rule.
        return !isAlike;
    }
}
