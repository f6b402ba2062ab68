using Sluice.Rendering;

namespace Sluice.PostgreSql.Schema;

static class PostgresNames
{
    /// <summary>A name in double quotes, those within it doubled.</summary>
    /// <exception cref="BulkPlanException">The name holds a zero character, or the server would cut it off after 63 bytes.</exception>
    internal static string Quote(string name)
    {
        if (name.Contains('\0', StringComparison.Ordinal))
            throw TableProblems.NameWithNul();
        if (IsTooLong(name))
            throw TableProblems.NameTooLong(name);
        return "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    /// <summary>A text in the E form, which means the same whatever standard_conforming_strings says.</summary>
    internal static string Literal(string text) => "E" + SqlDialect.QuoteText(text.Replace(@"\", @"\\", StringComparison.Ordinal));

    /// <summary>
    /// Whether the server would cut a name silently, so that two of them may become one:
    /// https://www.postgresql.org/docs/current/sql-syntax-lexical.html.
    /// </summary>
    internal static bool IsTooLong(string name) => System.Text.Encoding.UTF8.GetByteCount(name) > 63;

    internal static string Quote(string name, string? schema) => schema is null ? Quote(name) : $"{Quote(schema)}.{Quote(name)}";
}
