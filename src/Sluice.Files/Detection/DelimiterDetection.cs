using CsvHelper;
using Sluice.Files.Reading;

namespace Sluice.Files.Detection;

/// <summary>Finds the delimiter that divides the first rows of a file most evenly.</summary>
static class DelimiterDetection
{
    const int Rows = 500;

    /// <param name="text">The start of the file.</param>
    /// <param name="isWhole">Whether the text is the whole file, so that its last row is not cut off.</param>
    /// <param name="quote">The quote, or U+0000 for none.</param>
    /// <param name="preferred">The delimiter to take where others are as good.</param>
    internal static char Detect(string text, bool isWhole, char quote, char preferred)
    {
        var best = preferred;
        var bestScore = Score(text, isWhole, preferred, quote);
        foreach (var candidate in ",;\t|")
        {
            if (candidate == preferred || candidate == quote || !text.Contains(candidate))
                continue;
            var score = Score(text, isWhole, candidate, quote);
            if (score.CompareTo(bestScore) > 0)
                (best, bestScore) = (candidate, score);
        }
        return best;
    }

    // The share of rows with the most common number of fields, then that number; a delimiter that occurs nowhere scores nothing.
    static (double Share, int Fields) Score(string text, bool isWhole, char delimiter, char quote)
    {
        var isBad = false;
        var counts = new Dictionary<int, int>();
        var rows = 0;
        using var parser = new CsvParser(new StringReader(text), DelimitedReader.Configure(delimiter, quote, _ => isBad = true));
        while (rows < Rows && parser.Read())
        {
            var fields = parser.Count;
            if (!isWhole && parser.CharCount == text.Length)
                break;
            if (fields == 1 && parser[0].Length == 0)
                continue;
            for (var i = 0; i < fields && !isBad; i++)
                _ = parser[i];
            rows++;
            // Quotes that do not fit say that the row was divided wrongly.
            if (!isBad)
                counts[fields] = counts.GetValueOrDefault(fields) + 1;
            isBad = false;
        }
        var (common, times) = counts.OrderByDescending(c => c.Value).ThenByDescending(c => c.Key).FirstOrDefault();
        return common < 2 ? (0, 0) : ((double)times / rows, common);
    }
}
