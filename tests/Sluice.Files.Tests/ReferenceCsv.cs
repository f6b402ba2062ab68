using System.Text;

namespace Sluice.Files.Tests;

/// <summary>The plainest reading of CSV, one character at a time, to compare with.</summary>
static class ReferenceCsv
{
    /// <summary>The rows of well-formed text; a field without quotes and characters is null, blank lines are passed over unless there is one column.</summary>
    internal static List<string?[]> Parse(string text, char delimiter, char quote, bool isOneColumn = false)
    {
        var rows = new List<string?[]>();
        var row = new List<string?>();
        var field = new StringBuilder();
        var wasQuoted = false;
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at++];
            if (c == quote)
            {
                wasQuoted = true;
                while (text[at] != quote || (at + 1 < text.Length && text[at + 1] == quote))
                {
                    if (text[at] == quote)
                        at++;
                    field.Append(text[at++]);
                }
                at++;
            }
            else if (c == delimiter)
            {
                EndField();
            }
            else if (c is '\r' or '\n')
            {
                if (c == '\r' && at < text.Length && text[at] == '\n')
                    at++;
                EndRow(atEnd: false);
            }
            else
            {
                field.Append(c);
            }
        }
        EndRow(atEnd: true);
        return rows;

        void EndField()
        {
            row.Add(field.Length == 0 && !wasQuoted ? null : field.ToString());
            field.Clear();
            wasQuoted = false;
        }

        void EndRow(bool atEnd)
        {
            if ((!atEnd && (isOneColumn || rows is [{ Length: 1 }, ..])) || row.Count > 0 || field.Length > 0 || wasQuoted)
            {
                EndField();
                rows.Add([.. row]);
            }
            row.Clear();
        }
    }
}
