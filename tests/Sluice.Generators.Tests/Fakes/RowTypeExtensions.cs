using Sluice.Rows;

namespace Sluice.Generators.Tests.Fakes;

static class RowTypeExtensions
{
    /// <summary>What a table writes for one row, without the row's start and end.</summary>
    internal static List<Written> Write<T>(this Table<T> table, T row)
    {
        var written = new List<Written>();
        var sink = new RecordingSink(written);
        table.Rows.Write([row], ref sink);
        Assert.Equal("BeginRow", written[0].Method);
        Assert.Equal("EndRow", written[^1].Method);
        return written[1..^1];
    }

    internal static T Read<T>(this Table<T> table, params object?[] values)
    {
        var reader = new FakeReader(values);
        return table.Rows.Read(ref reader);
    }

    /// <summary>All that a table says of itself, one line a column, so that two descriptions can be compared.</summary>
    internal static string Describe(this Table table)
    {
        var lines = new List<string>
        {
            table.QualifiedName,
            "key: " + string.Join(", ", table.PrimaryKey.Select(c => c.Name)),
        };
        lines.AddRange(table.Columns.Select(c =>
            $"{c.Name}: {c.Type} ({c.Type.Kind}) from {c.ClrType}{(c.IsNullable ? " nullable" : "")} {c.Generated} {c.GetType()} default {c.Default}"));
        lines.AddRange(table.UniqueKeys.Select(k => $"unique: {k.Name} {string.Join(", ", k.Columns)}"));
        lines.AddRange(table.Checks.Select(c => $"check: {c.Name} {c.Condition}"));
        lines.AddRange(table.ForeignKeys.Select(f =>
            $"foreign key: {string.Join(", ", f.Columns)} in {f.ReferencedTable} ({string.Join(", ", f.ReferencedColumns)})"));
        return string.Join('\n', lines);
    }

    internal static string Describe<T>(this RowShape<T> shape) => string.Join('\n', shape.Fields);
}
