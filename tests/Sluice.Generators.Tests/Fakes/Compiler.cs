using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Sluice.Generators.Tests.Fakes;

/// <summary>Compiles texts with the generator.</summary>
static class Compiler
{
    const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel.DataAnnotations;
        global using System.ComponentModel.DataAnnotations.Schema;
        global using Sluice;

        """;

    static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Sluice.Generators", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    internal static CSharpCompilation Compilation(params string[] sources) =>
        CSharpCompilation.Create(
            "Compiled",
            sources.Prepend(Usings).Select((text, i) => CSharpSyntaxTree.ParseText(text, path: $"file{i}.cs")),
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    internal static GeneratorDriver Driver() =>
        CSharpGeneratorDriver.Create(
            [new RowGenerator().AsSourceGenerator()],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The generator's complaints, and the errors of compiling what it wrote.</summary>
    internal static (IReadOnlyList<Diagnostic> Complaints, IReadOnlyList<Diagnostic> Errors) Run(string source)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Compilation(source), out var result, out var complaints);
        return (complaints, [.. result.GetDiagnostics().Where(d => d.Severity is DiagnosticSeverity.Error)]);
    }

    /// <summary>The text that a complaint points at.</summary>
    internal static string Place(Diagnostic complaint, string source) =>
        source.Substring(complaint.Location.SourceSpan.Start, complaint.Location.SourceSpan.Length);
}
