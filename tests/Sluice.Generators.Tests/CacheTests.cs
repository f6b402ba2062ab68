using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sluice.Generators.Tests.Fakes;

namespace Sluice.Generators.Tests;

public sealed class CacheTests
{
    const string Rows = """
        [Table("classes")] public partial class ClassRow { public int Id { get; set; } public string? Name { get; set; } }
        [RowOf("structs")] public partial record struct StructRow(int Id, double Value);
        [Table("wrong")] public partial class WrongRow { public object? Any { get; set; } }
        """;

    static readonly string[] s_steps = ["TableParsed", "TableDiagnostics", "TableRows", "RowOfParsed", "RowOfRows", "Registration"];

    [Fact]
    public void The_first_run_makes_every_step_and_a_file_for_each_type()
    {
        var result = Compiler.Driver().RunGenerators(Compiler.Compilation(Rows, "class Other;")).GetRunResult().Results[0];
        Assert.Equal(["ClassRow.g.cs", "SluiceTables.g.cs", "StructRow.g.cs"], result.GeneratedSources.Select(s => s.HintName).Order(StringComparer.Ordinal));
        Assert.All(s_steps, step => Assert.Contains(IncrementalStepRunReason.New, Reasons(result, step)));
    }

    [Fact]
    public void An_edit_in_another_file_leaves_every_step_as_it_was()
    {
        var result = After(compilation => compilation.ReplaceSyntaxTree(Tree(compilation, 2), Parse("class Other { int _added; }", 2)));
        AssertUnchanged(result);
    }

    [Fact]
    public void A_comment_above_the_types_leaves_the_models_and_the_code_as_they_were()
    {
        var result = After(compilation => compilation.ReplaceSyntaxTree(Tree(compilation, 1), Parse("// moved\n" + Rows, 1)));
        Assert.DoesNotContain(result.TrackedSteps["TableRows"].SelectMany(s => s.Outputs), o => o.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified);
        Assert.All(Reasons(result, "RowOfRows"), AssertSame);
        Assert.All(Reasons(result, "Registration"), AssertSame);
        // The complaint has moved with its place.
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(result, "TableDiagnostics"));
    }

    [Fact]
    public void A_method_body_in_a_row_type_leaves_the_code_as_it_was()
    {
        var edited = Rows.Replace("public string? Name { get; set; } }", "public string? Name { get; set; } void M() { } }", StringComparison.Ordinal);
        var result = After(compilation => compilation.ReplaceSyntaxTree(Tree(compilation, 1), Parse(edited, 1)));
        Assert.All(Reasons(result, "TableRows"), AssertSame);
        Assert.All(Reasons(result, "RowOfRows"), AssertSame);
        Assert.All(Reasons(result, "Registration"), AssertSame);
    }

    [Fact]
    public void A_new_property_changes_only_its_own_type()
    {
        var edited = Rows.Replace("double Value", "double Value, int Added", StringComparison.Ordinal);
        var result = After(compilation => compilation.ReplaceSyntaxTree(Tree(compilation, 1), Parse(edited, 1)));
        Assert.All(Reasons(result, "TableRows"), AssertSame);
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(result, "RowOfRows"));
        Assert.All(Reasons(result, "Registration"), AssertSame);
    }

    [Fact]
    public void No_step_keeps_a_symbol_a_node_or_a_compilation()
    {
        var result = Compiler.Driver().RunGenerators(Compiler.Compilation(Rows)).GetRunResult().Results[0];
        foreach (var output in s_steps.SelectMany(step => result.TrackedSteps[step]).SelectMany(step => step.Outputs))
            AssertHoldsValuesOnly(output.Value, []);
    }

    static void AssertHoldsValuesOnly(object? value, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
            return;
        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Compilation or Location, $"A step keeps a {value.GetType()}.");
        if (value is System.Collections.IEnumerable items)
        {
            foreach (var item in items)
                AssertHoldsValuesOnly(item, seen);
        }
        else
        {
            foreach (var property in value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0))
                AssertHoldsValuesOnly(property.GetValue(value), seen);
        }
    }

    static GeneratorRunResult After(Func<CSharpCompilation, Compilation> edit)
    {
        var compilation = Compiler.Compilation(Rows, "class Other;");
        var driver = Compiler.Driver().RunGenerators(compilation);
        return driver.RunGenerators(edit(compilation)).GetRunResult().Results[0];
    }

    static void AssertUnchanged(GeneratorRunResult result)
    {
        foreach (var step in s_steps)
            Assert.All(Reasons(result, step), AssertSame);
        Assert.All(result.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs).Select(o => o.Reason), AssertSame);
    }

    static void AssertSame(IncrementalStepRunReason reason) =>
        Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"The step was {reason}.");

    static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason);

    static SyntaxTree Tree(CSharpCompilation compilation, int index) => compilation.SyntaxTrees[index];

    static SyntaxTree Parse(string text, int index) => CSharpSyntaxTree.ParseText(text, path: $"file{index}.cs");
}
