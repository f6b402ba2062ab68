using System.Globalization;
using Npgsql;

namespace Sluice.Cli;

/// <summary>Turns the ways of naming a PostgreSQL database into a connection string.</summary>
/// <remarks>
/// libpq's URLs, and its keywords and values, are read as libpq reads them, but for two kindnesses: an "@" or "#" in a password need not be
/// encoded, and Npgsql's own keywords are taken too. PGHOST, PGPORT and PGDATABASE fill what is left out; Npgsql itself knows PGUSER,
/// PGPASSWORD and PGPASSFILE.
/// </remarks>
static class PostgresAddress
{
    internal static bool IsKeyword(string name) => PostgresKeywords.IsKnown(name);

    /// <summary>Whether a text begins as a connection string does, Npgsql's or libpq's.</summary>
    internal static bool BeginsWithKeyword(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && IsKeyword(text[..equals].Trim());
    }

    internal static string FromConnectionString(string text) => FromLibpq(text) ?? FromNpgsql(text);

    static string FromNpgsql(string text)
    {
        var builder = new NpgsqlConnectionStringBuilder();
        try
        {
            builder.ConnectionString = text;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The driver's message names the keyword, but may repeat its value.
            throw TargetProblems.BadConnectionString();
        }
        return Complete(builder);
    }

    /// <summary>
    /// Null where the text is not libpq's. Both forms are words with "=" between; only Npgsql's has semicolons between them, but a password
    /// may hold one.
    /// </summary>
    static string? FromLibpq(string text)
    {
        if (LibpqText.Read(text) is not { } pairs || !pairs.TrueForAll(p => IsKeyword(p.Key)) || pairs.Exists(p => HoldsNextKeyword(p.Value))
            || (pairs.Count == 1 && text.Contains(';', StringComparison.Ordinal)))
            return null;
        var builder = new NpgsqlConnectionStringBuilder();
        PostgresKeywords.Set(builder, pairs);
        return Complete(builder);
    }

    static bool HoldsNextKeyword(string value) =>
        value.IndexOf(';', StringComparison.Ordinal) is >= 0 and var end
            && (end == value.Length - 1 || BeginsWithKeyword(value[(end + 1)..]));

    internal static string FromUrl(string url)
    {
        var rest = url.AsSpan(url.IndexOf("://", StringComparison.Ordinal) + 3);
        var end = rest.IndexOfAny('/', '?');
        var authority = end < 0 ? rest : rest[..end];
        var tail = end < 0 ? default : rest[end..];
        var question = tail.IndexOf('?');
        var path = question < 0 ? tail : tail[..question];
        var builder = new NpgsqlConnectionStringBuilder();
        var at = authority.LastIndexOf('@');
        // An unencoded '/' or '?' in a password cut it in two; no part of it may be taken for a name and printed.
        if (at < 0 && tail.Contains('@'))
            throw TargetProblems.BadUrl();
        if (at >= 0)
            ReadUser(builder, authority[..at]);
        ReadHosts(builder, authority[(at + 1)..]);
        if (path.Length > 1)
            builder.Database = Decode(path[1..]);
        if (question >= 0)
            PostgresKeywords.Set(builder, ReadParameters(tail[(question + 1)..]));
        return Complete(builder);
    }

    static void ReadUser(NpgsqlConnectionStringBuilder builder, ReadOnlySpan<char> user)
    {
        var colon = user.IndexOf(':');
        var name = Decode(colon < 0 ? user : user[..colon]);
        if (name.Length > 0)
            builder.Username = name;
        if (colon >= 0)
            builder.Password = Decode(user[(colon + 1)..]);
    }

    static void ReadHosts(NpgsqlConnectionStringBuilder builder, ReadOnlySpan<char> hosts)
    {
        if (hosts.IsEmpty)
            return;
        if (hosts.Contains(','))
        {
            builder.Host = Decode(hosts);
            return;
        }
        // An address of IPv6 stands in brackets, both of them, with nothing but a port behind.
        if (hosts[0] == '[' && hosts.IndexOf(']') is var closed && (closed < 0 || (closed < hosts.Length - 1 && hosts[closed + 1] != ':')))
            throw TargetProblems.BadUrl();
        var colon = hosts.LastIndexOf(':');
        if (colon >= 0 && !hosts[colon..].Contains(']'))
        {
            if (!ushort.TryParse(hosts[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
                throw TargetProblems.BadUrl();
            builder.Port = port;
            hosts = hosts[..colon];
        }
        if (hosts.Length > 0)
            builder.Host = Decode(hosts.Trim("[]"));
    }

    static List<KeyValuePair<string, string>> ReadParameters(ReadOnlySpan<char> query)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.IsEmpty)
                continue;
            var equals = pair.IndexOf('=');
            if (equals <= 0)
                throw TargetProblems.BadUrl();
            pairs.Add(new(Decode(pair[..equals]), Decode(pair[(equals + 1)..])));
        }
        return pairs;
    }

    static string Complete(NpgsqlConnectionStringBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Host))
            builder.Host = Environment.GetEnvironmentVariable("PGHOST") is { Length: > 0 } host ? host : "localhost";
        if (!builder.ShouldSerialize("Port") && ushort.TryParse(Environment.GetEnvironmentVariable("PGPORT"), CultureInfo.InvariantCulture, out var port))
            builder.Port = port;
        if (string.IsNullOrEmpty(builder.Database) && Environment.GetEnvironmentVariable("PGDATABASE") is { Length: > 0 } database)
            builder.Database = database;
        if (string.IsNullOrEmpty(builder.ApplicationName))
            builder.ApplicationName = "sluice";
        // These are repeated by the driver, the server and us. An address among them was meant for another place, and was not understood.
        if (builder.Host.Contains('=', StringComparison.Ordinal) || HoldsAddress(builder.Host) || HoldsAddress(builder.Database) || HoldsAddress(builder.Username) || HoldsAddress(builder.ApplicationName))
            throw TargetProblems.BadConnectionString();
        return builder.ConnectionString;
    }

    static bool HoldsAddress(string? name) =>
        name is not null && (name.Contains("://", StringComparison.Ordinal) || (name.Contains('=', StringComparison.Ordinal) && (name.Contains(' ', StringComparison.Ordinal) || Secrets.MayBeIn(name))));

    static string Decode(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text);
}
