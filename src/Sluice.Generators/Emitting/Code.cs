using Microsoft.CodeAnalysis.CSharp;

namespace Sluice.Generators.Emitting;

/// <summary>Pieces of C# that several emitters write.</summary>
static class Code
{
    internal const string Root = "global::Sluice.";
    internal const string Rows = "global::Sluice.Rows.";

    /// <summary>So that users can tell generated members from their own.</summary>
    internal static readonly string Generated =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"Sluice.Generators\", \"{typeof(Code).Assembly.GetName().Version?.ToString(3)}\")]";

    internal static string Literal(string? text) => text is null ? "null" : SymbolDisplay.FormatLiteral(text, quote: true);

    internal static string Strings(IEnumerable<string> texts)
    {
        var literals = string.Join(", ", texts.Select(Literal));
        return literals.Length == 0 ? "new string[0]" : $"new string[] {{ {literals} }}";
    }

    internal static string Flag(bool value) => value ? "true" : "false";
}
