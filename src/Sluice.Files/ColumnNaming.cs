
namespace Sluice.Files;

/// <summary>Makes columns of headers: checks them, maps them to names and gives them the types that were told.</summary>
static class ColumnNaming
{
    internal static FileColumn[] Name(
        string path, long line, IReadOnlyList<string> headers, SqlType[] types, bool[] hasNulls, FileReadOptions options)
    {
        RefuseHeaders(path, line, headers);
        RefuseUnknown(path, headers, options.Map.Keys, "the mapping names");
        RefuseUnknown(path, headers, options.Types.Keys, "the types name");
        var columns = new FileColumn[headers.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var name = Find(options.Map, headers[i]) ?? headers[i].Trim();
            columns[i] = new FileColumn(headers[i], name, Find(options.Types, headers[i]) ?? types[i], hasNulls[i]);
        }
        foreach (var same in columns.GroupBy(c => c.Name, StringComparer.Ordinal))
        {
            if (same.Skip(1).Any())
                throw OpeningProblems.MappedTwice(path, same.Key, same.Select(c => c.Header));
        }
        return columns;
    }

    /// <summary>What a dictionary by header says of a header, whose surrounding blanks do not count.</summary>
    internal static TValue? Find<TValue>(IReadOnlyDictionary<string, TValue> byHeader, string header)
        where TValue : class =>
        byHeader.GetValueOrDefault(header) ?? byHeader.GetValueOrDefault(header.Trim());

    static void RefuseHeaders(string path, long line, IReadOnlyList<string> headers)
    {
        var faults = headers
            .Select((header, index) => (Header: header.Trim(), Column: index + 1))
            .GroupBy(h => h.Header, StringComparer.Ordinal)
            .Where(g => g.Key.Length == 0 || g.Skip(1).Any())
            .Select(g => (g.Key, (IReadOnlyList<int>)[.. g.Select(h => h.Column)]))
            .ToList();
        if (faults.Count > 0)
            throw OpeningProblems.Headers(path, line, faults);
    }

    static void RefuseUnknown(string path, IReadOnlyList<string> headers, IEnumerable<string> named, string purpose)
    {
        var unknown = named.Where(n => !headers.Contains(n, StringComparer.Ordinal) && !headers.Any(h => string.Equals(h.Trim(), n, StringComparison.Ordinal))).ToList();
        if (unknown.Count > 0)
            throw OpeningProblems.UnknownHeaders(path, purpose, unknown, headers);
    }
}
