using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.Specification;

namespace Sluice.Cli.Tests.Spec;

/// <summary>A reading of the sample files that shares nothing with the product: split by hand, values brought to one spelling.</summary>
static partial class NaiveFile
{
    internal const string Null = "(null)";
    internal const string Separator = "\u001f";

    internal static string PathOf(string name) => Path.Combine(Repository.Root, "samples", "data", name);

    internal static (IReadOnlyList<string> Columns, IReadOnlyList<string> Rows) Read(string name)
    {
        var lines = File.ReadAllLines(PathOf(name)).Where(l => l.Length > 0).ToList();
        return name.EndsWith(".jsonl", StringComparison.Ordinal) ? ReadJson(lines) : (Split(lines[0]), [.. lines.Skip(1).Select(l => Join(Split(l)))]);
    }

    static (IReadOnlyList<string> Columns, IReadOnlyList<string> Rows) ReadJson(List<string> lines)
    {
        var objects = lines.Select(l => JsonDocument.Parse(l).RootElement).ToList();
        var columns = objects.SelectMany(o => o.EnumerateObject().Select(p => p.Name)).Distinct(StringComparer.Ordinal).ToList();
        return (columns, [.. objects.Select(o => Join(columns.Select(c => o.TryGetProperty(c, out var value) ? value.ToString() : "")))]);
    }

    static List<string> Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }
        fields.Add(field.ToString());
        return fields;
    }

    static string Join(IEnumerable<string> fields) => Normalise(string.Join(Separator, fields.Select(f => f.Length == 0 ? Null : f)));

    /// <summary>Brings numbers and timestamps to one spelling, so that "4.0" and "4", and the two ways to write a date, are equal.</summary>
    internal static string Normalise(string row) => string.Join(Separator, row.Split(Separator).Select(value =>
    {
        if (decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number.ToString("0.############################", CultureInfo.InvariantCulture);
        var time = Timestamp().Match(value);
        return time.Success ? $"{time.Groups[1]}-{time.Groups[2]}-{time.Groups[3]} {time.Groups[4]}:{(time.Groups[5].Length == 0 ? "00" : time.Groups[5].Value)}" : value;
    }));

    [GeneratedRegex(@"^(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d:\d\d)(?::(\d\d))?$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Timestamp();
}
