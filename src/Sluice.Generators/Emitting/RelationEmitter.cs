using Sluice.Generators.Models;

namespace Sluice.Generators.Emitting;

/// <summary>The members of a table for rows that are related to its own, with the typed code that gets keys and attaches rows.</summary>
static class RelationEmitter
{
    const string Related = "global::Sluice.Reading.Related.";

    internal static void Emit(SourceWriter writer, RowModel row, RelationModel relation, bool hides)
    {
        writer.Line();
        var key = relation.KeyTypes.Count == 1 ? relation.KeyTypes[0] : $"({string.Join(", ", relation.KeyTypes)})";
        var kind = relation.IsThrough ? "RelationThrough" : "Relation";
        writer.Line(relation.IsThrough
            ? $"/// <summary>The rows that belong to a row's {relation.Property}, once the table between both is named.</summary>"
            : $"/// <summary>The {(relation.IsMany ? "rows that belong" : "row that belongs")} to a row's {relation.Property}.</summary>");
        writer.Line($"{relation.Access} {(hides ? "new " : "")}global::Sluice.{kind}<{row.FullName}, {relation.Child}> {relation.Property} =>");
        writer.Line($"    new {Related}RelationLink<{row.FullName}, {relation.Child}, {key}>(");
        writer.Line($"        {Code.Literal(relation.Origin)}, this, {Code.Root}Table.For<{relation.Child}>(), {Code.Strings(relation.ParentColumns)}, {Code.Strings(relation.ChildColumns)},");
        writer.Open($"        {Related}RelationKey.Of<{string.Join(", ", relation.KeyTypes)}>(), static ({row.FullName} row, out {key} key) =>");
        var parts = relation.KeyTypes.Select((type, i) => $"({type})k{i}").ToList();
        writer.Open($"if ({string.Join(" && ", relation.KeyProperties.Select((property, i) => $"row.{property} is {{ }} k{i}"))})");
        writer.Line($"key = {(parts.Count == 1 ? parts[0] : $"({string.Join(", ", parts)})")};");
        writer.Line("return true;");
        writer.Close();
        writer.Line("key = default!;");
        writer.Line("return false;");
        writer.Close($"}}, {Code.Flag(relation.IsMany)})");
        writer.Line($"    {{ {(relation.IsMany ? "Fill" : "Set")} = {Attach(relation)} }}.To{kind}();");
        if (relation.Attach is AttachKind.Init)
            EmitAccessor(writer, relation);
    }

    static string Attach(RelationModel relation) => relation.Attach switch
    {
        AttachKind.Set => $"static (row, related) => row.{relation.Property} = {relation.Value}",
        AttachKind.Init => $"static (row, related) => {Accessor(relation)}(row, {relation.Value})",
        _ => $"static (row, related) => {{ row.{relation.Property}.Clear(); foreach (var one in related) row.{relation.Property}.Add(one); }}",
    };

    // Only an initialiser may call the setter, and the row is made before its related rows are known.
    static void EmitAccessor(SourceWriter writer, RelationModel relation)
    {
        writer.Line();
        writer.Line($"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = {Code.Literal("set_" + relation.Property.TrimStart('@'))})]");
        writer.Line($"static extern void {Accessor(relation)}({relation.DeclaringType} row, {relation.PropertyType} related);");
    }

    static string Accessor(RelationModel relation) => "__Set" + relation.Property.TrimStart('@');
}
