using System.Reflection;
using System.Xml.Linq;
using Sluice.Specification;

namespace Sluice.Architecture.Tests;

/// <summary>The projects of src, what each may reference, and the assemblies of those that are libraries.</summary>
public static class Packages
{
    static readonly string[] s_databases = ["Sluice.PostgreSql", "Sluice.Sqlite"];

    /// <summary>Package and project references that a project may have; analyzers aside.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Sluice"] = ["Microsoft.Extensions.Logging.Abstractions", "Polly.Core", "Sluice.Generators"],
        ["Sluice.Generators"] = ["Microsoft.CodeAnalysis.CSharp"],
        ["Sluice.PostgreSql"] = ["Npgsql", "Sluice"],
        ["Sluice.Sqlite"] = ["Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3", "SQLitePCLRaw.core", "Sluice"],
        ["Sluice.EntityFrameworkCore"] = ["Microsoft.EntityFrameworkCore.Relational", "Sluice"],
        ["Sluice.Files"] = ["CsvHelper", "Sluice"],
        ["Sluice.Cli"] = ["System.CommandLine", "Spectre.Console", "Sluice", "Sluice.PostgreSql", "Sluice.Sqlite", "Sluice.Files"],
    };

    /// <summary>Names of assemblies, beside the framework's, that a library's own code may use.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> AllowedAssemblies = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Sluice"] = ["Microsoft.Extensions.Logging.Abstractions", "Polly.Core"],
        ["Sluice.PostgreSql"] = ["Sluice", "Npgsql", "Microsoft.Extensions.Logging.Abstractions"],
        ["Sluice.Sqlite"] = ["Sluice", "Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "SQLitePCLRaw.batteries_v2", "SQLitePCLRaw.provider.e_sqlite3", "Microsoft.Extensions.Logging.Abstractions"],
        ["Sluice.Files"] = ["Sluice", "CsvHelper", "Microsoft.Extensions.Logging.Abstractions"],
    };

    internal static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetDirectories(Repository.PathTo("src")).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    public static TheoryData<string> Libraries => [.. AllowedAssemblies.Keys];

    internal static Assembly Load(string name) => Assembly.Load(name);

    internal static IEnumerable<Type> PublicTypes => AllowedAssemblies.Keys.Select(Load).SelectMany(assembly => assembly.GetExportedTypes());

    internal static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(Repository.PathTo("src", project, project + ".csproj"))
            .Descendants()
            .Where(element => element.Name.LocalName is "PackageReference" or "ProjectReference")
            .Select(element => element.Attribute("Include")!.Value)
            .Select(include => include.EndsWith(".csproj", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(include) : include);

    internal static IEnumerable<string> OtherDatabases(string package) => s_databases.Where(other => other != package);
}
