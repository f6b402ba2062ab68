using System.Globalization;

namespace Sluice.PostgreSql.Sessions;

/// <summary>The temporary tables of a session that outlive a transaction, and end with the session.</summary>
sealed class TemporaryTables(ServerSession session)
{
    static int s_names;

    readonly List<string> _tables = [];

    /// <summary>A name that no other temporary table of this process has.</summary>
    internal static string NewName() => string.Create(CultureInfo.InvariantCulture, $"sluice_rows_{Interlocked.Increment(ref s_names)}");

    /// <summary>Drops a table when the session ends.</summary>
    /// <param name="table">Its name as SQL has it.</param>
    internal void DropAtEnd(string table) => _tables.Add(table);

    internal async Task DropAsync()
    {
        if (_tables.Count > 0)
            await session.ScalarAsync("DROP TABLE IF EXISTS " + string.Join(", ", _tables), null,
                CancellationToken.None).ConfigureAwait(false);
    }
}
