using Npgsql;
using Sluice.PostgreSql.Pooling;

namespace Sluice.PostgreSql.Reading;

/// <summary>
/// What the texts of values depend on, set as every server reads them: https://www.postgresql.org/docs/current/runtime-config-client.html.
/// </summary>
/// <param name="Set">Statements that set it for the transaction.</param>
/// <param name="Restore">Statements that set it to what it was, where the transaction goes on.</param>
sealed record ExactSettings(IReadOnlyList<string> Set, IReadOnlyList<string> Restore)
{
    static readonly (string Name, string Value)[] s_wanted = [("DateStyle", "ISO"), ("IntervalStyle", "postgres"), ("bytea_output", "hex"), ("extra_float_digits", "1")];

    /// <summary>For a reader that takes texts as the connection gives them.</summary>
    internal static ExactSettings None { get; } = new([], []);

    /// <summary>For a transaction that ends with the reader.</summary>
    internal static ExactSettings OfOwn { get; } = new([.. s_wanted.Select(w => To(w.Name, w.Value))], []);

    /// <summary>For the caller's transaction, which is to find them again as they are.</summary>
    internal static async Task<ExactSettings> OfCallersAsync(Lease lease, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(lease.Backend.Text("SELECT " + string.Join(", ", s_wanted.Select(w => $"current_setting('{w.Name}')"))), lease.Connection);
        await using var commandDisposal = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var others = s_wanted.Select((wanted, i) => (wanted.Name, wanted.Value, Found: reader.GetString(i))).Where(s => !IsAs(s.Found, s.Value)).ToList();
        return new ExactSettings([.. others.Select(s => To(s.Name, s.Value))], [.. others.Select(s => To(s.Name, s.Found))]);
    }

    // "ISO, MDY": the order of day and month is for dates that come in.
    static bool IsAs(string found, string wanted) => string.Equals(found.Split(',')[0], wanted, StringComparison.OrdinalIgnoreCase);

    static string To(string name, string value) => $"SET LOCAL {name} = '{value}'";
}
