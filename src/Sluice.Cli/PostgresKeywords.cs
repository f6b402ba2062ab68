using System.Globalization;
using Npgsql;

namespace Sluice.Cli;

/// <summary>libpq's keywords: what Npgsql calls them, and which it has nothing for.</summary>
static class PostgresKeywords
{
    static readonly Dictionary<string, string> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["host"] = "Host", ["hostaddr"] = "Host", ["server"] = "Host", ["port"] = "Port",
        ["user"] = "Username", ["username"] = "Username", ["user id"] = "Username", ["userid"] = "Username", ["uid"] = "Username",
        ["password"] = "Password", ["pwd"] = "Password", ["dbname"] = "Database", ["database"] = "Database", ["db"] = "Database", ["passfile"] = "Passfile",
        ["sslmode"] = "SSL Mode", ["sslrootcert"] = "Root Certificate", ["sslcert"] = "SSL Certificate", ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password", ["sslnegotiation"] = "SSL Negotiation", ["gssencmode"] = "GSS Encryption Mode", ["require_auth"] = "Require Auth",
        ["krbsrvname"] = "Kerberos Service Name", ["application_name"] = "Application Name", ["fallback_application_name"] = "Application Name",
        ["connect_timeout"] = "Timeout", ["options"] = "Options", ["client_encoding"] = "Client Encoding", ["channel_binding"] = "Channel Binding",
        ["target_session_attrs"] = "Target Session Attributes", ["load_balance_hosts"] = "Load Balance Hosts",
        ["keepalives"] = "TCP Keepalive", ["keepalives_idle"] = "TCP Keepalive Time", ["keepalives_interval"] = "TCP Keepalive Interval",
    };

    /// <summary>
    /// Known to libpq, and to nothing here: a setting that is passed over in silence would be worse than one that is refused.
    /// </summary>
    static readonly HashSet<string> s_refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "service", "servicefile", "keepalives_count", "tcp_user_timeout", "replication", "sslcompression", "sslcertmode", "sslcrl", "sslcrldir", "sslsni", "requiressl",
        "requirepeer", "ssl_min_protocol_version", "ssl_max_protocol_version", "min_protocol_version", "max_protocol_version", "gsslib", "gssdelegation", "tty",
        "scram_client_key", "scram_server_key", "sslkeylogfile", "oauth_issuer", "oauth_client_id", "oauth_client_secret", "oauth_scope",
    };

    internal static bool IsKnown(string name) => s_known.ContainsKey(name) || s_refused.Contains(name) || IsNpgsqls(name);

    static bool IsNpgsqls(string name) => new NpgsqlConnectionStringBuilder() is var builder && builder.TryGetValue(name, out _);

    /// <exception cref="BulkPlanException">
    /// A keyword or its value is not known. No value is repeated, and no name that is not one of libpq's or Npgsql's.
    /// </exception>
    internal static void Set(NpgsqlConnectionStringBuilder builder, List<KeyValuePair<string, string>> pairs)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in pairs)
        {
            if (s_refused.Contains(name))
                throw TargetProblems.NotSupported(name);
            // An empty value leaves the default.
            if (value.Length > 0)
                values[name] = value;
        }
        ReadHosts(builder, values);
        foreach (var (name, value) in values)
        {
            if (Translate(builder, name, value) is { } translated)
                Set(builder, name, translated);
        }
    }

    static void Set(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        try
        {
            builder[s_known.GetValueOrDefault(name, name)] = value;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException or OverflowException)
        {
            throw IsKnown(name) ? TargetProblems.BadParameter(name) : TargetProblems.UnknownParameter();
        }
    }

    /// <summary>A value as Npgsql writes it, or null where it says what is so anyway.</summary>
    static string? Translate(NpgsqlConnectionStringBuilder builder, string name, string value) => name.ToLowerInvariant() switch
    {
        // libpq writes verify-full where Npgsql's enumeration has VerifyFull.
        "sslmode" or "channel_binding" => value.Replace("-", "", StringComparison.Ordinal),
        "load_balance_hosts" => value switch { "random" => "true", "disable" => "false", _ => value },
        "keepalives" => value switch { "1" => "true", "0" => "false", _ => value },
        // Nothing, and less than nothing, is no limit.
        "connect_timeout" when int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) =>
            Math.Max(seconds, 0).ToString(CultureInfo.InvariantCulture),
        "client_encoding" when value.Equals("auto", StringComparison.OrdinalIgnoreCase) => null,
        "fallback_application_name" when !string.IsNullOrEmpty(builder.ApplicationName) => null,
        _ => value,
    };

    /// <summary>
    /// Takes hosts and ports out of the values: libpq has two lists for them, and an address beside the name; Npgsql has one list of both.
    /// </summary>
    static void ReadHosts(NpgsqlConnectionStringBuilder builder, Dictionary<string, string> values)
    {
        if (values.Remove("hostaddr", out var address) && values.TryGetValue("host", out _))
        {
            // The name would be needed to check the certificate, and the address to connect: Npgsql takes one of them.
            if (values.TryGetValue("sslmode", out var mode) && mode.Equals("verify-full", StringComparison.OrdinalIgnoreCase))
                throw TargetProblems.NotSupported("hostaddr");
        }
        if (address is not null)
            values["host"] = address;
        if (!values.TryGetValue("port", out var port) || !port.Contains(',', StringComparison.Ordinal))
            return;
        var hosts = (values.GetValueOrDefault("host") ?? builder.Host ?? "localhost").Split(',');
        var ports = port.Split(',');
        if (hosts.Length != ports.Length || !Array.TrueForAll(ports, p => ushort.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            throw TargetProblems.BadParameter("port");
        values.Remove("port");
        values["host"] = string.Join(',', hosts.Zip(ports, (h, p) => $"{h}:{p}"));
    }
}
