using Sluice.Generators.Models;

namespace Sluice.Generators.Emitting;

/// <summary>The other half of a row type: its table and the typed row code.</summary>
static class RowEmitter
{
    // Columns with these names hide what the table says of itself, which is then reached through the base type.
    static readonly HashSet<string> s_tableMembers = new(StringComparer.Ordinal)
    {
        "Name", "Schema", "Columns", "PrimaryKey", "UniqueKeys", "ForeignKeys", "Checks", "Traits", "QualifiedName", "TryGetColumn", "For", "Rows", "As", "Alias", "Column", "Typed", "Col",
        "ToString", "Equals", "GetHashCode", "GetType", "ReferenceEquals", "MemberwiseClone",
    };

    internal static string Emit(RowModel row)
    {
        var writer = new SourceWriter();
        writer.Header();
        if (row.Namespace.Length > 0)
            writer.Open($"namespace {row.Namespace}");
        foreach (var container in row.Containers)
            writer.Open(container);
        writer.Open(row.Declaration);

        var table = row.Name + "Table";
        writer.Line("/// <summary>The table that this type's rows belong to.</summary>");
        writer.Line(Code.Generated);
        writer.Line($"public static {table} Table => {table}.s_table;");
        writer.Line();
        EmitTable(writer, row, table);

        writer.Close();
        foreach (var _ in row.Containers)
            writer.Close();
        if (row.Namespace.Length > 0)
            writer.Close();
        return writer.ToString();
    }

    static void EmitTable(SourceWriter writer, RowModel row, string table)
    {
        writer.Line($"/// <summary>The table {Xml(row.Schema is null ? row.Table : row.Schema + "." + row.Table)} with its columns.</summary>");
        writer.Line(Code.Generated);
        writer.Open($"public sealed class {table} : {Code.Root}Table<{row.FullName}>");
        // Apart from the row type's own static fields, whose order of initialisation nobody knows.
        writer.Line($"internal static readonly {table} s_table = new {table}(null);");
        writer.Line();
        writer.Line("/// <summary>The same table under another name, as a statement needs that reads it twice.</summary>");
        writer.Line($"public new {table} As(string alias) => new {table}(alias);");
        writer.Line();
        EmitConstructor(writer, row, table);
        foreach (var column in row.Columns)
        {
            writer.Line();
            writer.Line($"/// <summary>The column {Xml(column.Name)}.</summary>");
            var hides = s_tableMembers.Contains(column.Property) ? "new " : "";
            writer.Line($"public {hides}{Code.Root}Column<{column.Value.Type}> {column.Property} {{ get; }}");
        }
        foreach (var relation in row.Relations)
            RelationEmitter.Emit(writer, row, relation, hides: s_tableMembers.Contains(relation.Property));
        writer.Line();
        RowCodeEmitter.Emit(writer, row);
        writer.Close();
    }

    static void EmitConstructor(SourceWriter writer, RowModel row, string table)
    {
        writer.Line($"{table}(string? alias)");
        writer.Line("    : base(");
        writer.Line($"        {Code.Literal(row.Table)},");
        writer.Line($"        {Code.Literal(row.Schema)},");
        writer.Line($"        new {Code.Root}Column[]");
        writer.Line("        {");
        foreach (var column in row.Columns)
        {
            writer.Line($"            new {Code.Root}Column<{column.Value.Type}>({Code.Literal(column.Name)}, {column.SqlType})"
                + $" {{ IsNullable = {Code.Flag(column.IsNullable)}, Generated = {Code.Root}Generated.{column.Generated}{(column.Default is null ? "" : ", Default = " + Code.Literal(column.Default))} }},");
        }
        writer.Line("        },");
        writer.Line(row.Key.Count == 0 ? "        new int[0]," : $"        new int[] {{ {string.Join(", ", row.Key)} }},");
        writer.Line("        new __Rows(),");
        writer.Open("        alias)");
        for (var i = 0; i < row.Columns.Count; i++)
            writer.Line($"this.{row.Columns[i].Property} = this.Typed<{row.Columns[i].Value.Type}>({i});");
        if (row.ForeignKeys.Count > 0)
        {
            writer.Open($"base.ForeignKeys = new {Code.Root}ForeignKey[]");
            foreach (var key in row.ForeignKeys)
                writer.Line($"new {Code.Root}ForeignKey({Code.Strings(key.Columns)}, {Code.Literal(key.Table)}, {Code.Strings(key.Referenced)}),");
            writer.Close("};");
        }
        EmitConstraints(writer, row);
        writer.Close();
    }

    static void EmitConstraints(SourceWriter writer, RowModel row)
    {
        if (row.UniqueKeys.Count > 0)
        {
            writer.Open($"base.UniqueKeys = new {Code.Root}UniqueKey[]");
            foreach (var key in row.UniqueKeys)
                writer.Line($"new {Code.Root}UniqueKey({Code.Literal(key.Name)}, {Code.Strings(key.Columns)}),");
            writer.Close("};");
        }
        if (row.Checks.Count > 0)
        {
            writer.Open($"base.Checks = new {Code.Root}CheckConstraint[]");
            foreach (var check in row.Checks)
                writer.Line($"new {Code.Root}CheckConstraint({Code.Literal(check.Condition)}) {{ Name = {Code.Literal(check.Name)} }},");
            writer.Close("};");
        }
    }

    static string Xml(string text) => "'" + text.Replace("&", "&amp;").Replace("<", "&lt;").Replace("\r", " ").Replace("\n", " ") + "'";
}
