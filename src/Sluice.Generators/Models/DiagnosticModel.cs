using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Sluice.Generators.Models;

/// <summary>A complaint, with its place as values: a location object would keep the whole compilation alive.</summary>
sealed record DiagnosticModel(string Id, string Path, TextSpan Span, LinePositionSpan Lines, EquatableArray<string> Arguments)
{
    public static DiagnosticModel At(ISymbol symbol, DiagnosticDescriptor descriptor, params string[] arguments)
    {
        var location = symbol.Locations.FirstOrDefault(l => l.IsInSource) ?? Location.None;
        var lines = location.GetLineSpan();
        return new(descriptor.Id, lines.Path ?? "", location.SourceSpan, lines.Span, new(arguments));
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptors.ById[Id], Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines), [.. Arguments]);
}
