namespace Sluice.Sqlite.Schema;

static class SqliteNames
{
    /// <summary>What the names of Sluice's own functions and collations begin with.</summary>
    internal const string FunctionPrefix = "sluice_";

    /// <summary>A name in double quotes, those within it doubled.</summary>
    /// <exception cref="BulkPlanException">The name holds a zero character, which no SQL text can.</exception>
    internal static string Quote(string name) => name.Contains('\0', StringComparison.Ordinal)
        ? throw TableProblems.NameWithNul()
        : "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    internal static string Quote(string name, string? schema) => schema is null ? Quote(name) : $"{Quote(schema)}.{Quote(name)}";
}
