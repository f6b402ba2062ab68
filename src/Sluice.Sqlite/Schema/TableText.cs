
namespace Sluice.Sqlite.Schema;

/// <summary>
/// What only the text of a CREATE TABLE tells: its checks, the names of its keys, the expressions of its computed columns, and whether a
/// constraint leaves rows out.
/// </summary>
/// <remarks>
/// The words of https://sqlite.org/lang_createtable.html that matter stand outside of quotes, comments and inner brackets.
/// </remarks>
static class TableText
{
    internal sealed record Found(IReadOnlyList<CheckConstraint> Checks, IReadOnlyDictionary<string, string> Computed,
        IReadOnlyList<UniqueKey> NamedKeys, bool IgnoresConflicts);

    internal static Found Read(string? createTable)
    {
        var checks = new List<CheckConstraint>();
        var computed = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var keys = new List<UniqueKey>();
        var ignores = false;
        foreach (var definition in Definitions(createTable ?? ""))
        {
            string? name = null;
            keys.AddRange(NamedKeys(definition));
            for (var i = 0; i < definition.Count; i++)
            {
                if (Is(definition, i, "IGNORE") && i > 1 && Is(definition, i - 1, "CONFLICT"))
                    ignores = true;
                else if (Is(definition, i, "CONSTRAINT") && i + 1 < definition.Count)
                    name = Unquoted(definition[++i]);
                else if (Is(definition, i, "CHECK") && IsBracket(definition, i + 1))
                    (checks, name) = ([.. checks, new CheckConstraint(definition[++i][1..^1].Trim()) { Name = name }], null);
                else if (Is(definition, i, "AS") && IsBracket(definition, i + 1))
                    computed[Unquoted(definition[0])] = definition[++i][1..^1].Trim();
            }
        }
        return new Found(checks, computed, keys, ignores);
    }

    // CONSTRAINT name PRIMARY KEY (a, b) or UNIQUE (a, b); behind a column's name and type without the brackets.
    static IEnumerable<UniqueKey> NamedKeys(List<string> definition)
    {
        for (var i = 2; i < definition.Count; i++)
        {
            var isPrimary = Is(definition, i, "PRIMARY");
            if ((!isPrimary && !Is(definition, i, "UNIQUE")) || !Is(definition, i - 2, "CONSTRAINT"))
                continue;
            var at = isPrimary ? i + 2 : i + 1;
            string[] columns = i == 2 && IsBracket(definition, at)
                ? [.. Parts(definition[at]).Select(part => Unquoted(part[0]))]
                : [Unquoted(definition[0])];
            yield return new UniqueKey(Unquoted(definition[i - 1]), columns) { IsPrimary = isPrimary };
        }
    }

    static bool Is(List<string> tokens, int index, string word) => tokens[index].Equals(word, StringComparison.OrdinalIgnoreCase);

    static bool IsBracket(List<string> tokens, int index) => index < tokens.Count && tokens[index][0] == '(';

    static string Unquoted(string name) => name[0] switch
    {
        '"' or '`' or '\'' => name[1..^1].Replace(new string(name[0], 2), name[..1], StringComparison.Ordinal),
        '[' => name[1..^1],
        _ => name,
    };

    static IEnumerable<List<string>> Definitions(string sql) =>
        Tokens(sql).FirstOrDefault(token => token[0] == '(') is { } list ? Parts(list) : [];

    // The list in brackets, parted at its commas.
    static IEnumerable<List<string>> Parts(string list)
    {
        var definition = new List<string>();
        foreach (var token in Tokens(list[1..^1]))
        {
            if (token != ",")
            {
                definition.Add(token);
                continue;
            }
            yield return definition;
            definition = [];
        }
        if (definition.Count > 0)
            yield return definition;
    }

    /// <summary>Words, quoted names and texts, commas, and whole bracketed parts; comments and spaces are left out.</summary>
    static IEnumerable<string> Tokens(string sql)
    {
        for (var start = 0; start < sql.Length;)
        {
            var end = TokenEnd(sql, start);
            if (!char.IsWhiteSpace(sql[start]) && !IsComment(sql, start))
                yield return sql[start..end];
            start = end;
        }
    }

    static bool IsComment(string sql, int at) =>
        string.CompareOrdinal(sql, at, "--", 0, 2) == 0 || string.CompareOrdinal(sql, at, "/*", 0, 2) == 0;

    static int TokenEnd(string sql, int start)
    {
        if (string.CompareOrdinal(sql, start, "--", 0, 2) == 0)
            return After(sql, sql.IndexOf('\n', start), 1);
        if (string.CompareOrdinal(sql, start, "/*", 0, 2) == 0)
            return After(sql, sql.IndexOf("*/", start + 2, StringComparison.Ordinal), 2);
        var first = sql[start];
        if (first is '"' or '\'' or '`')
            return QuoteEnd(sql, start, first);
        if (first == '[')
            return After(sql, sql.IndexOf(']', start), 1);
        if (first == '(')
            return BracketEnd(sql, start);
        var end = start + 1;
        while (IsWord(first) && end < sql.Length && IsWord(sql[end]))
            end++;
        return end;
    }

    static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '$' || character > 127;

    static int After(string sql, int found, int length) => found < 0 ? sql.Length : found + length;

    static int QuoteEnd(string sql, int start, char quote)
    {
        for (var i = start + 1; i < sql.Length; i++)
        {
            if (sql[i] != quote)
                continue;
            if (i + 1 == sql.Length || sql[i + 1] != quote)
                return i + 1;
            i++;
        }
        return sql.Length;
    }

    static int BracketEnd(string sql, int start)
    {
        for (var i = start + 1; i < sql.Length; i = TokenEnd(sql, i))
        {
            if (sql[i] == ')')
                return i + 1;
        }
        return sql.Length;
    }
}
