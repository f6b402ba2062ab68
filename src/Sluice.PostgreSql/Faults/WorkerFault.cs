using System.Text.RegularExpressions;
using Npgsql;

namespace Sluice.PostgreSql.Faults;

/// <summary>Reads what a server says of a row that another one, which keeps it, refused.</summary>
/// <remarks>
/// Citus and postgres_fdw pass a server's message on without the fields that name constraint and column, and Citus' parts of a table have
/// numbers:
/// "t_102008", "t_pkey_102008". Of a COPY it passes neither the SQLSTATE nor the line. Names stand in quotes in every language.
/// </remarks>
static partial class WorkerFault
{
    /// <summary>The constraint that a message is about, as the table has it.</summary>
    internal static string? Constraint(PostgresException failure) =>
        failure.ConstraintName ?? (failure.SqlState is ['2', '3', ..] and not "23502" && NameOf(failure, ^1) is { } name ? IsWorkers(failure) ? Whole(name) : name : null);

    /// <summary>The column that a message is about.</summary>
    internal static string? Column(PostgresException failure) =>
        failure.ColumnName ?? (failure.SqlState == "23502" ? NameOf(failure, 0) : null);

    static string? NameOf(PostgresException failure, Index place) =>
        (IsWorkers(failure) || Has(failure, "remote SQL command: ")) && Quoted(failure.MessageText) is { Count: > 0 } names
            ? names[place]
            : null;

    // Neither Citus nor postgres_fdw is translated.
    static bool IsWorkers(PostgresException failure) => Has(failure, "while executing command on ");

    static bool Has(PostgresException failure, string context) => failure.Where?.Contains(context, StringComparison.Ordinal) == true;

    /// <summary>
    /// What a message without a SQLSTATE of its own says of a table's row: the SQLSTATE, the constraint and the column; null where it is
    /// about no row.
    /// </summary>
    internal static (string SqlState, string? Constraint, string? Column)? OfRow(PostgresException failure, Table table)
    {
        var names = Quoted(failure.MessageText);
        foreach (var name in names.Select(Whole).Concat(names))
        {
            if (table.UniqueKeys.Any(k => k.Name == name))
                return ("23505", name, null);
            if (table.Checks.Any(k => k.Name == name))
                return ("23514", name, null);
            if (table.ForeignKeys.Any(k => k.Name == name))
                return ("23503", name, null);
        }
        return names.Any(n => Whole(n) == table.Name) && names.FirstOrDefault(n => table.Columns.Any(c => c.Name == n)) is { } column
            ? ("23502", null, column)
            : null;
    }

    static string Whole(string name) => Part().Replace(name, "");

    static List<string> Quoted(string message) => [.. QuotedName().Matches(message).Select(m => m.Groups["name"].Value)];

    [GeneratedRegex("[\"«„“](?<name>[^\"«»„“”]+)[\"»“”]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QuotedName();

    [GeneratedRegex(@"_\d{6,}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
