namespace Sluice.PostgreSql.Schema;

static class PostgresNames
{
    /// <summary>A name in double quotes, those within it doubled.</summary>
    /// <exception cref="BulkPlanException">The name holds a zero character, or the server would cut it off after 63 bytes.</exception>
    internal static string Quote(string name)
    {
        if (name.Contains('\0', StringComparison.Ordinal))
            throw Throw.NameWithNul();
        // The server cuts longer names silently, so that two of them may become one: https://www.postgresql.org/docs/current/sql-syntax-lexical.html.
        if (System.Text.Encoding.UTF8.GetByteCount(name) > 63)
            throw Throw.NameTooLong(name);
        return "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    internal static string Quote(string name, string? schema) => schema is null ? Quote(name) : $"{Quote(schema)}.{Quote(name)}";
}
