using System.Text.RegularExpressions;

namespace Sluice.Architecture.Tests;

/// <summary>A file that names a type of a folder which stands behind its own in an order.</summary>
/// <remarks>Found by the types' names, for what users see is in one namespace, whatever its folder.</remarks>
sealed partial record FolderUse(SourceFile File, string Type, string Folder)
{
    /// <param name="project">The project's folder.</param>
    /// <param name="order">Its folders, each of which may use those before it. Files of the project itself come before all.</param>
    internal static IEnumerable<FolderUse> In(string project, IReadOnlyList<string> order)
    {
        var qualifier = new Regex($@"(?<![\w.])(?:Sluice\.\w+\.)?(?:{string.Join('|', order)})\.(?=[A-Z])");
        var files = SourceFile.In(project).Select(file => (File: file, Place: PlaceOf(file, order), Code: qualifier.Replace(CodeOf(file), ""))).ToList();
        var declared = files.SelectMany(f => Declaration().Matches(f.Code).Select(m => (Name: m.Groups[1].Value, f.Place)))
            .GroupBy(d => d.Name, d => d.Place, StringComparer.Ordinal)
            .Where(places => places.Distinct().Count() == 1)
            .ToDictionary(places => places.Key, places => places.First(), StringComparer.Ordinal);
        return from file in files
               from name in Name().Matches(file.Code).Select(m => m.Value).Distinct(StringComparer.Ordinal)
               where declared.TryGetValue(name, out var place) && place > file.Place
               select new FolderUse(file.File, name, order[declared[name]]);
    }

    public override string ToString() => $"{File} uses {Type} of {Folder}";

    static int PlaceOf(SourceFile file, IReadOnlyList<string> order)
    {
        var parts = file.Path.Split('/');
        return parts.Length > 3 ? order.ToList().IndexOf(parts[2]) : -1;
    }

    // Without comments and texts.
    static string CodeOf(SourceFile file) => Text().Replace(Comment().Replace(string.Join('\n', file.Lines.Select(l => l.Text)), ""), "");

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comment();

    [GeneratedRegex("\"(\\\\.|[^\"\\\\\n])*\"")]
    private static partial Regex Text();

    [GeneratedRegex(@"^(?:[a-z]+ )*(?:class|record struct|record|struct|interface|enum) ([A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    // A word that a member may have in common with a type is a member where it is called, or stands behind a dot.
    [GeneratedRegex(@"(?<=\bnew )[A-Z]\w*|(?<![\w.])[A-Z]\w*\b(?![\w(]|\s*=>|\s*\{ get|\s*=[^=])")]
    private static partial Regex Name();
}
