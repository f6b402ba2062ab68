using System.Globalization;
using Npgsql;

namespace Sluice.Cli;

/// <summary>Turns the ways of naming a PostgreSQL database into a connection string.</summary>
/// <remarks>
/// libpq's URLs are read as libpq reads them, but for two kindnesses: an "@" or "#" in a password need not be encoded, and Npgsql's own
/// keywords are taken as parameters too. PGHOST, PGPORT and PGDATABASE fill what is left out; Npgsql itself knows PGUSER, PGPASSWORD and PGPASSFILE.
/// </remarks>
static class PostgresAddress
{
    static readonly Dictionary<string, string> s_keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["host"] = "Host", ["hostaddr"] = "Host", ["server"] = "Host", ["port"] = "Port",
        ["user"] = "Username", ["username"] = "Username", ["user id"] = "Username", ["uid"] = "Username",
        ["password"] = "Password", ["pwd"] = "Password", ["dbname"] = "Database", ["database"] = "Database", ["passfile"] = "Passfile",
        ["sslmode"] = "SSL Mode", ["sslrootcert"] = "Root Certificate", ["sslcert"] = "SSL Certificate", ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password", ["application_name"] = "Application Name", ["connect_timeout"] = "Timeout",
        ["options"] = "Options", ["client_encoding"] = "Client Encoding", ["channel_binding"] = "Channel Binding",
        ["target_session_attrs"] = "Target Session Attributes",
    };

    // libpq writes verify-full where Npgsql's enumeration has VerifyFull.
    static readonly HashSet<string> s_dashed = new(StringComparer.OrdinalIgnoreCase) { "sslmode", "channel_binding" };

    internal static bool IsKeyword(string name) => s_keywords.ContainsKey(name);

    internal static string FromConnectionString(string text)
    {
        var builder = new NpgsqlConnectionStringBuilder();
        try
        {
            builder.ConnectionString = text;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The driver's message names the keyword, but may repeat its value.
            throw Throw.BadConnectionString();
        }
        return Complete(builder);
    }

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
            throw Throw.BadUrl();
        if (at >= 0)
            ReadUser(builder, authority[..at]);
        ReadHosts(builder, authority[(at + 1)..]);
        if (path.Length > 1)
            builder.Database = Decode(path[1..]);
        if (question >= 0)
            ReadParameters(builder, tail[(question + 1)..]);
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
            throw Throw.BadUrl();
        var colon = hosts.LastIndexOf(':');
        if (colon >= 0 && !hosts[colon..].Contains(']'))
        {
            if (!ushort.TryParse(hosts[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
                throw Throw.BadUrl();
            builder.Port = port;
            hosts = hosts[..colon];
        }
        if (hosts.Length > 0)
            builder.Host = Decode(hosts.Trim("[]"));
    }

    static void ReadParameters(NpgsqlConnectionStringBuilder builder, ReadOnlySpan<char> query)
    {
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.IsEmpty)
                continue;
            var equals = pair.IndexOf('=');
            if (equals <= 0)
                throw Throw.BadUrl();
            var name = Decode(pair[..equals]);
            var value = Decode(pair[(equals + 1)..]);
            try
            {
                builder[s_keywords.GetValueOrDefault(name, name)] = s_dashed.Contains(name) ? value.Replace("-", "", StringComparison.Ordinal) : value;
            }
            catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException or OverflowException)
            {
                throw Throw.BadUrlParameter(name);
            }
        }
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
        return builder.ConnectionString;
    }

    static string Decode(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text);
}
