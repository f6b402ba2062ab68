using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sluice.Generators.Analyzing;
using Sluice.Generators.Tests.Fakes;

namespace Sluice.Generators.Tests;

/// <summary>What is warned of while compiling, and what is not.</summary>
public sealed class UseAnalyzerTests
{
    static async Task<IReadOnlyList<string>> WarningsAsync(string body)
    {
        var compilation = Compiler.Compilation($$"""
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;

            [Table("rows")]
            public sealed class Row { [Key] public int Id { get; set; } }

            public sealed class Plain { public int Id { get; set; } }

            static class Program
            {
                static readonly Column<int> s_id = null!;
                static readonly Table s_table = null!;
                static readonly List<Transaction> s_kept = [];
                static Task TakeAsync(Transaction transaction) => transaction.CommitAsync();
                static Task Mine(this Transaction transaction) => transaction.CommitAsync();

                static async Task<object?> RunAsync(Engine engine, Transaction given, List<Row> rows, CancellationToken ct)
                {
                    {{body}}
                    return null;
                }
            }
            """);
        Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), d => d.Severity is DiagnosticSeverity.Error);
        var found = await compilation.WithAnalyzers([new UseAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.All(found, d => Assert.Equal((DiagnosticSeverity.Warning, "docs/analyzers.md#" + d.Id.ToLowerInvariant()), (d.Severity, d.Descriptor.HelpLinkUri)));
        return [.. found.Select(d => d.Id)];
    }

    [Theory]
    [InlineData("engine.InsertReturningAsync(rows, s_id);")]
    [InlineData("_ = engine.InsertReturningAsync(rows, s_id);")]
    [InlineData("given.UpsertReturningAsync(rows, s_id);")]
    public async Task A_returning_verb_whose_rows_nobody_enumerates_is_warned_of(string body) =>
        Assert.Equal(["SLU9101"], await WarningsAsync(body));

    [Theory]
    [InlineData("await foreach (var row in engine.InsertReturningAsync(rows, s_id)) { }")]
    [InlineData("var returned = engine.InsertReturningAsync(rows, s_id); await foreach (var row in returned) { }")]
    [InlineData("return engine.InsertReturningAsync(rows, s_id);")]
    [InlineData("Console.WriteLine(engine.InsertReturningAsync(rows, s_id));")]
    [InlineData("await engine.InsertAsync(rows);")]
    public async Task A_returning_verb_whose_rows_go_somewhere_is_not(string body) => Assert.Empty(await WarningsAsync(body));

    [Theory]
    [InlineData("var transaction = await engine.BeginAsync(); await transaction.InsertAsync(rows); await transaction.CommitAsync();")]
    [InlineData("Transaction transaction = await engine.BeginAsync().ConfigureAwait(false); await transaction.CommitAsync();")]
    [InlineData("var transaction = await engine.BeginAsync(); Console.WriteLine(transaction.Target); await transaction.RollbackAsync();")]
    [InlineData("await engine.BeginAsync();")]
    [InlineData("_ = await engine.BeginAsync();")]
    [InlineData("var mark = await given.SavepointAsync(); await mark.ReleaseAsync();")]
    [InlineData("var connection = await engine.RentConnectionAsync(); Console.WriteLine(connection.State);")]
    [InlineData("Func<Task> run = async () => { var transaction = await engine.BeginAsync(); await transaction.CommitAsync(); }; await run();")]
    public async Task What_is_begun_and_never_disposed_is_warned_of(string body) => Assert.Equal(["SLU9102"], await WarningsAsync(body));

    [Theory]
    [InlineData("await using var transaction = await engine.BeginAsync(); await transaction.CommitAsync();")]
    [InlineData("await using (var transaction = await engine.BeginAsync()) { await transaction.CommitAsync(); }")]
    [InlineData("await using (await engine.BeginAsync()) { }")]
    [InlineData("var transaction = await engine.BeginAsync(); await using (transaction) { await transaction.CommitAsync(); }")]
    [InlineData("var transaction = await engine.BeginAsync(); await using (transaction.ConfigureAwait(false)) { await transaction.CommitAsync(); }")]
    [InlineData("var transaction = await engine.BeginAsync(); await using var disposal = transaction.ConfigureAwait(false);")]
    [InlineData("var transaction = await engine.BeginAsync(); try { await transaction.CommitAsync(); } finally { await transaction.DisposeAsync(); }")]
    [InlineData("var transaction = await engine.BeginAsync(); await TakeAsync(transaction);")]
    [InlineData("var transaction = await engine.BeginAsync(); await transaction.Mine();")]
    [InlineData("var transaction = await engine.BeginAsync(); s_kept.Add(transaction);")]
    [InlineData("var transaction = await engine.BeginAsync(); var all = new[] { transaction }; await all[0].DisposeAsync();")]
    [InlineData("var transaction = await engine.BeginAsync(); return transaction;")]
    [InlineData("var transaction = await engine.BeginAsync(); Func<Task> end = () => transaction.CommitAsync(); await end();")]
    [InlineData("return await engine.BeginAsync();")]
    [InlineData("s_kept.Add(await engine.BeginAsync());")]
    [InlineData("Transaction transaction; transaction = await engine.BeginAsync(); await transaction.DisposeAsync();")]
    [InlineData("var begun = engine.BeginAsync(); await (await begun).DisposeAsync();")]
    [InlineData("await using var mark = await given.SavepointAsync(); await mark.ReleaseAsync();")]
    [InlineData("await using var connection = await engine.RentConnectionAsync(); Console.WriteLine(connection.State);")]
    public async Task What_is_disposed_or_handed_on_is_not(string body) => Assert.Empty(await WarningsAsync(body));

    [Theory]
    [InlineData("await engine.InsertAsync(rows.Select(r => new { r.Id }));")]
    [InlineData("await engine.InsertAsync(rows.Select(r => new { r.Id }), null, null, ct);")]
    [InlineData("await engine.UpsertAsync(new[] { new { Id = 1 } });")]
    [InlineData("await engine.InsertAsync(new List<Dictionary<string, object?>>(), s_table);")]
    [InlineData("await engine.InsertAsync(new List<object?[]>(), s_table);")]
    [InlineData("await engine.InsertAsync(new List<object>(), s_table);")]
    [InlineData("await engine.InsertAsync(new[] { 1, 2 }, s_table);")]
    [InlineData("await engine.InsertAsync(new[] { \"a\" }, s_table);")]
    public async Task Rows_that_have_no_table_are_warned_of(string body) => Assert.Equal(["SLU9103"], await WarningsAsync(body));

    [Theory]
    [InlineData("await engine.InsertAsync(rows.Select(r => new { r.Id }), s_table);")]
    [InlineData("await engine.InsertAsync(rows.Select(r => new { r.Id }), table: s_table, cancellationToken: ct);")]
    [InlineData("await engine.InsertAsync(new List<Plain>());")]
    [InlineData("await engine.InsertAsync(RowSource.From(new List<Dictionary<string, object?>>()), s_table);")]
    [InlineData("await engine.QueryAsync<int>(Sql.Text($\"SELECT 1\"));")]
    public async Task Rows_that_have_one_or_are_given_one_are_not(string body) => Assert.Empty(await WarningsAsync(body));
}
