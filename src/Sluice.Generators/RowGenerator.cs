using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sluice.Generators.Emitting;
using Sluice.Generators.Models;
using Sluice.Generators.Parsing;

namespace Sluice.Generators;

/// <summary>Writes the table and the typed row code of every partial type with [Table] or [RowOf].</summary>
[Generator(LanguageNames.CSharp)]
public sealed class RowGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var classes = Rows(context, AttributeNames.Table, "Table");
        var structs = Rows(context, AttributeNames.RowOf, "RowOf");
        var all = classes.Combine(structs).Select(static (pair, _) => new EquatableArray<string>([.. pair.Left, .. pair.Right]))
            .WithTrackingName("Registration");
        context.RegisterSourceOutput(all, static (output, names) =>
        {
            if (names.Count > 0)
                output.AddSource("SluiceTables.g.cs", RegistrationEmitter.Emit(names));
        });
    }

    static IncrementalValueProvider<ImmutableArray<string>> Rows(
        IncrementalGeneratorInitializationContext context, string attribute, string step)
    {
        var parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (syntax, cancellationToken) =>
                    RowParser.Parse((INamedTypeSymbol)syntax.TargetSymbol, syntax.Attributes[0], syntax.SemanticModel.Compilation, cancellationToken))
            .WithTrackingName(step + "Parsed");

        // Complaints carry places in files, which move with every edit above them; the models do not.
        var complaints = parsed.SelectMany(static (row, _) => row.Diagnostics).WithTrackingName(step + "Diagnostics");
        context.RegisterSourceOutput(complaints, static (output, complaint) => output.ReportDiagnostic(complaint.ToDiagnostic()));

        var models = parsed.Select(static (row, _) => row.Model).Where(static model => model is not null).Select(static (model, _) => model!)
            .WithTrackingName(step + "Rows");
        context.RegisterSourceOutput(models, static (output, model) => output.AddSource(model.HintName, RowEmitter.Emit(model)));

        return models.Select(static (model, _) => model.FullName).Collect();
    }
}
