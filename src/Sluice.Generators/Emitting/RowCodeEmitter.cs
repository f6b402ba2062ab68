using Sluice.Generators.Models;

namespace Sluice.Generators.Emitting;

/// <summary>The nested class that writes rows to a sink and reads them from a reader.</summary>
static class RowCodeEmitter
{
    internal static void Emit(SourceWriter writer, RowModel row)
    {
        writer.Open($"sealed class __Rows : {Code.Rows}RowType<{row.FullName}>");
        EmitFields(writer, row);
        writer.Line();
        EmitWrite(writer, row);
        writer.Line();
        EmitRead(writer, row);
        writer.Close();
    }

    static void EmitFields(SourceWriter writer, RowModel row)
    {
        writer.Open($"public override global::System.Collections.Generic.IReadOnlyList<{Code.Rows}RowField> Fields {{ get; }} = new {Code.Rows}RowField[]");
        foreach (var column in row.Columns)
        {
            var generated = !string.Equals(column.Generated, "Never", StringComparison.Ordinal);
            writer.Line($"new {Code.Rows}RowField({Code.Literal(column.Name)}, typeof({column.Value.Type}))"
                + $" {{ IsNullable = {Code.Flag(column.IsNullable)}, IsGenerated = {Code.Flag(generated)}, Origin = {Code.Literal(column.Origin)} }},");
        }
        writer.Close("};");
    }

    static void EmitWrite(SourceWriter writer, RowModel row)
    {
        writer.Open($"public override void Write<TSink>(global::System.ReadOnlySpan<{row.FullName}> rows, ref TSink sink)");
        writer.Open("foreach (ref readonly var row in rows)");
        writer.Line("sink.BeginRow();");
        if (row.IsReference)
        {
            writer.Line("if (row is null)");
            writer.Line($"    throw new {Code.Rows}ValueException(\"the row is null\", \"Leave it out of the source.\");");
        }
        for (var i = 0; i < row.Columns.Count; i++)
            EmitWrite(writer, row.Columns[i], $"row.{row.Columns[i].Property}", "v" + i);
        writer.Line("sink.EndRow();");
        writer.Close();
        writer.Close();
    }

    static void EmitWrite(SourceWriter writer, ColumnModel column, string value, string local)
    {
        var kind = column.Value.Kind;
        var canBeNull = column.Value.IsNullableValue || !column.Value.IsValueType;
        if (kind is ValueKind.JsonElement)
        {
            // A default element is no JSON at all.
            var undefined = "global::System.Text.Json.JsonValueKind.Undefined";
            writer.Line($"if ({value} is {{ ValueKind: not {undefined} }} {local}) {Write(column.Value, local)}");
            writer.Line("else sink.WriteNull();");
        }
        else if (canBeNull)
        {
            writer.Line($"if ({value} is {{ }} {local}) {Write(column.Value, local)}");
            writer.Line("else sink.WriteNull();");
        }
        else if (kind is ValueKind.Char)
        {
            writer.Line($"var {local} = {value};");
            writer.Line(Write(column.Value, local));
        }
        else
        {
            writer.Line(Write(column.Value, value));
        }
    }

    static string Write(ValueModel value, string x) => value.Kind switch
    {
        ValueKind.Whole => $"sink.Write((long){x});",
        ValueKind.Char => $"sink.Write(new global::System.ReadOnlySpan<char>(in {x}));",
        ValueKind.Bytes => $"sink.WriteBytes({x});",
        ValueKind.ByteMemory => $"sink.WriteBytes({x}.Span);",
        ValueKind.Enum => $"sink.WriteEnum<{value.Type}>({x});",
        ValueKind.Array => $"sink.WriteArray<{value.Element}>({x});",
        ValueKind.List => $"sink.WriteArray<{value.Element}>(global::System.Runtime.InteropServices.CollectionsMarshal.AsSpan({x}));",
        ValueKind.JsonDocument => $"sink.Write({x}.RootElement.GetRawText());",
        ValueKind.JsonElement => $"sink.Write({x}.GetRawText());",
        ValueKind.JsonNode => $"sink.Write({x}.ToJsonString());",
        ValueKind.Other => $"sink.WriteOther({x});",
        _ => $"sink.Write({x});",
    };

    static void EmitRead(SourceWriter writer, RowModel row)
    {
        writer.Open($"public override {row.FullName} Read<TReader>(ref TReader reader)");
        var needed = new HashSet<int>(row.Read.Parameters.Concat(row.Read.Properties).Select(t => t.Column));
        for (var i = 0; i < row.Columns.Count; i++)
        {
            if (!needed.Contains(i))
                continue;
            var column = row.Columns[i];
            var read = Read(column.Value, i);
            if (column.ReadsNull)
                read = $"reader.IsNull({i}) ? default({column.Value.Declared}) : {read}";
            writer.Line($"{column.Value.Declared}{(column.ReadsNull && !column.Value.IsNullableValue ? "?" : "")} v{i} = {read};");
        }
        var arguments = string.Join(", ", row.Read.Parameters.Select(p => $"{p.Name}: v{p.Column}"));
        if (row.Read.Properties.Count == 0)
        {
            writer.Line($"return new {row.FullName}({arguments});");
        }
        else
        {
            writer.Open($"return new {row.FullName}({arguments})");
            foreach (var property in row.Read.Properties)
                writer.Line($"{property.Name} = v{property.Column},");
            writer.Close("};");
        }
        writer.Close();
    }

    static string Read(ValueModel value, int i) => value.Kind switch
    {
        ValueKind.ByteMemory => $"({value.Type})reader.Get<byte[]>({i})",
        ValueKind.Array => ReadArray(value, i),
        ValueKind.List => $"new {value.Type}({ReadArray(value, i)})",
        ValueKind.JsonDocument => $"global::System.Text.Json.JsonDocument.Parse(reader.Get<string>({i}))",
        ValueKind.JsonElement => $"global::System.Text.Json.JsonElement.Parse(reader.Get<string>({i}))",
        ValueKind.JsonNode => $"({value.Type})global::System.Text.Json.Nodes.JsonNode.Parse(reader.Get<string>({i}))!",
        _ => $"reader.Get<{value.Type}>({i})",
    };

    static string ReadArray(ValueModel value, int i)
    {
        // The database knows an enumeration's values as numbers.
        if (value.EnumNumber.Length > 0)
            return $"global::System.Array.ConvertAll(reader.Get<{value.EnumNumber}{(value.IsNullableElement ? "?" : "")}[]>({i}), static x => ({value.Element})x)";
        // A jagged type has its brackets in the order of access: an array of byte[] is byte[][].
        return $"reader.Get<{value.Element}[]>({i})";
    }
}
