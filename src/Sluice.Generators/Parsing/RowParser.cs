using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sluice.Generators.Models;

namespace Sluice.Generators.Parsing;

/// <summary>A row type's symbols become its model, or complaints.</summary>
static class RowParser
{
    internal static ParsedRow Parse(INamedTypeSymbol type, AttributeData attribute, Compilation compilation, CancellationToken cancellationToken)
    {
        var complaints = new List<DiagnosticModel>();
        var twice = string.Equals(attribute.AttributeClass?.ToDisplayString(), AttributeNames.RowOf, StringComparison.Ordinal)
            && new AttributeList(type.GetAttributes()).Has(AttributeNames.Table);
        if (twice || RefuseType(type, complaints))
            return new ParsedRow(null, new([.. complaints]));

        cancellationToken.ThrowIfCancellationRequested();
        var properties = RowProperties.Of(type);
        RefuseNames(type, complaints);
        var columns = ColumnParser.Columns(type, properties, compilation, complaints);
        var foreignKeys = ForeignKeyParser.Parse(type, properties, columns, complaints);
        var key = RowProperties.Key([.. columns.Select(c => c.Property)], type.Name);
        var read = complaints.Count == 0 ? ReadParser.Parse(type, columns, compilation) : null;
        if (complaints.Count == 0 && read is null)
            complaints.Add(DiagnosticModel.At(type, Descriptors.NoConstructor, type.Name));
        if (read is null || complaints.Count > 0)
            return new ParsedRow(null, new([.. complaints]));

        var containers = new Stack<string>();
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            containers.Push(Names.Declaration(outer));
        var notes = new List<DiagnosticModel>();
        var positions = key.Select(k => columns.FindIndex(c => c.Property == k)).ToArray();
        var table = AttributeList.Argument(attribute) as string ?? type.Name;
        var model = new RowModel(
            type.ContainingNamespace.IsGlobalNamespace ? "" : Names.Plain(type.ContainingNamespace),
            new([.. containers]),
            Names.Declaration(type),
            type.Name,
            Names.Full(type),
            Names.Hint(type),
            type.IsReferenceType,
            table,
            AttributeList.Named(attribute, "Schema") as string is { Length: > 0 } schema ? schema : null,
            new([.. columns.Select((c, i) => ColumnParser.Model(type, c, isKey: positions.Contains(i)))]),
            new(positions),
            new([.. foreignKeys]),
            new([.. ConstraintParser.UniqueKeys(table, columns)]),
            new([.. ConstraintParser.Checks(type)]),
            new([.. RelationParser.Parse(type, properties, compilation, notes)]),
            read);
        return new ParsedRow(model, new([.. notes]));
    }

    static bool RefuseType(INamedTypeSymbol type, List<DiagnosticModel> complaints)
    {
        if (!IsPartial(type))
        {
            complaints.Add(DiagnosticModel.At(type, Descriptors.NotPartial, type.Name));
            return true;
        }
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.TypeParameters.Length > 0)
                complaints.Add(DiagnosticModel.At(type, Descriptors.Generic, Names.Short(outer)));
            else if (!IsPartial(outer))
                complaints.Add(DiagnosticModel.At(type, Descriptors.ContainerNotPartial, type.Name, outer.Name));
            else if (outer.IsFileLocal || outer.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
                complaints.Add(DiagnosticModel.At(type, Descriptors.Hidden, type.Name));
            if (complaints.Count > 0)
                return true;
        }
        return false;
    }

    static bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(r =>
            r.GetSyntax() is TypeDeclarationSyntax syntax && syntax.Modifiers.Any(m => string.Equals(m.ValueText, "partial", StringComparison.Ordinal)));

    static void RefuseNames(INamedTypeSymbol type, List<DiagnosticModel> complaints)
    {
        foreach (var name in new[] { "Table", type.Name + "Table" })
        {
            if (type.GetMembers(name).FirstOrDefault() is { } taken)
                complaints.Add(DiagnosticModel.At(taken, Descriptors.NameTaken, type.Name, name));
        }
    }
}
