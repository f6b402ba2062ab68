using Sluice.Generators.Tests.Fakes;

namespace Sluice.Generators.Tests;

/// <summary>Two columns of one type in one call could be taken for a list or for an assignment: users are asked which.</summary>
public sealed class TwoColumnsTests
{
    static string[] Errors(string call) =>
    [
        .. Compiler.Compilation($$"""
            using Sluice;
            static class Calls
            {
                static object Upsert(UpsertTarget on, Column<int> a, Column<int> b, Column<string> c) => on.{{call}};
                static object Update(UpdateTarget on, Column<int> a, Column<int> b, Column<string> c) => on.{{call}};
            }
            """).GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity is Microsoft.CodeAnalysis.DiagnosticSeverity.Error).Select(d => d.Id),
    ];

    [Fact]
    public void Two_columns_that_could_be_one_assignment_do_not_compile() => Assert.Equal(["CS0619", "CS0619"], Errors("Set(a, b)"));

    [Theory]
    [InlineData("Set(a).Set(b)")]
    [InlineData("Set(a, c)")]
    [InlineData("Set(a, b, c)")]
    [InlineData("Set(a, (SqlExpr<int>)b)")]
    [InlineData("Set(a, b + 1)")]
    public void What_can_be_meant_in_one_way_compiles(string call) => Assert.Empty(Errors(call));
}
