using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sluice.Planning;
using Sluice.Providers;

namespace Sluice.Architecture.Tests;

/// <summary>Whoever knows one verb knows them all: one order of arguments, the same sources, one plan.</summary>
public class VerbTests
{
    static readonly string[] s_verbs = ["Insert", "Upsert", "Update", "Delete", "Sync", "ExecuteMany"];

    // A statement is the exception: it comes first, for it is what the verb does.
    static readonly string[] s_order =
        ["database", "statement", "rows", "scope", "column", "columns", "table", "on", "allowEmpty", "options", "cancellationToken"];

    static readonly MethodInfo[] s_methods =
    [
        .. from type in typeof(Database).Assembly.GetExportedTypes()
           where type is { IsAbstract: true, IsSealed: true }
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
           where method.IsDefined(typeof(ExtensionAttribute)) && method.GetParameters()[0].ParameterType == typeof(SessionSource)
           // The short form of what everyone asks for leaves out the table: rows, column, options.
           where !method.GetParameters().Any(parameter => parameter is { Name: "options", HasDefaultValue: false })
           select method,
    ];

    public static TheoryData<string> Verbs => [.. s_verbs];

    public static TheoryData<string> Returning => [.. s_verbs.Except(["Sync", "ExecuteMany"])];

    [Fact]
    public void Every_verb_has_its_arguments_in_one_order() => Rule.Holds(
        "A verb has its arguments in another order, or under another name.",
        $"The order is {string.Join(", ", s_order)}; a verb leaves out what it does not need.",
        from method in MethodsOf([.. s_verbs.SelectMany(NamesOf)])
        let names = Names(method)
        where !names.SequenceEqual(s_order.Where(name => names.Contains(name, StringComparer.Ordinal)))
            || (names[1] != "rows" && names[1] != "statement") || names[^2] != "options"
        select Text(method));

    [Fact]
    public void Every_verb_takes_a_table_unless_its_statement_names_one() => Rule.Holds(
        "A verb cannot write rows to another table than their own.",
        "Add the optional argument 'table'.",
        from method in MethodsOf([.. s_verbs.SelectMany(NamesOf)])
        where !Names(method).Contains("statement", StringComparer.Ordinal) && !Names(method).Contains("table", StringComparer.Ordinal)
        select Text(method));

    [Fact]
    public void Only_what_a_verb_cannot_do_without_is_asked_for() => Rule.Holds(
        "A verb asks for an argument that has a default elsewhere.",
        "Give it its default.",
        from method in MethodsOf([.. s_verbs.SelectMany(NamesOf)])
        from parameter in method.GetParameters()
        where parameter.HasDefaultValue == parameter.Name is "database" or "statement" or "rows" or "scope" or "column" or "columns"
        select $"{Text(method)}: {parameter.Name}");

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_and_its_plan_take_rows_from_every_source(string verb)
    {
        AssertSources(MethodsOf(verb + "Async"), returning: false);
        AssertSources(MethodsOf(PlanOf(verb)).Where(method => Names(method).Contains("rows", StringComparer.Ordinal)), returning: false);
    }

    [Theory]
    [MemberData(nameof(Returning))]
    public void Every_returning_verb_takes_rows_from_every_source_for_a_column_and_for_several(string verb)
    {
        var methods = MethodsOf(verb + "ReturningAsync");
        AssertSources(methods.Where(method => Names(method).Contains("column", StringComparer.Ordinal)), returning: true);
        AssertSources(methods.Where(method => Names(method).Contains("columns", StringComparer.Ordinal)), returning: true);
    }

    [Fact]
    public void Every_verb_has_one_plan_method_of_its_name() => Assert.Equal(
        s_verbs.Select(PlanOf).Order(StringComparer.Ordinal),
        s_methods.Where(method => method.ReturnType == typeof(Task<BulkPlan>)).Select(method => method.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Verbs))]
    public void A_plan_is_asked_for_as_its_load_is(string verb) => Assert.Equal(
        MethodsOf(verb + "Async").Select(method => string.Join(", ", Names(method).Where(name => name != "allowEmpty"))).Distinct(StringComparer.Ordinal),
        MethodsOf(PlanOf(verb)).Where(method => Names(method).Contains("rows", StringComparer.Ordinal)).Select(method => string.Join(", ", Names(method))).Distinct(StringComparer.Ordinal));

    static void AssertSources(IEnumerable<MethodInfo> methods, bool returning) => Assert.Equal(
        [nameof(ChannelReader<>), nameof(IAsyncEnumerable<>), nameof(IEnumerable<>), returning ? "RowSource<>" : "RowSource"],
        methods.Select(method => SourceOf(method.GetParameters().Single(parameter => parameter.Name == "rows").ParameterType)).Order(StringComparer.Ordinal));

    static string SourceOf(Type type) => type.Name.Split('`') switch
    {
        ["RowSource", _] => "RowSource<>",
        [var name, ..] => name,
        [] => type.Name,
    };

    static string[] NamesOf(string verb) => [verb + "Async", verb + "ReturningAsync", PlanOf(verb)];

    static string PlanOf(string verb) => verb == "ExecuteMany" ? "ExplainAsync" : $"Plan{verb}Async";

    static IEnumerable<MethodInfo> MethodsOf(params string[] names) =>
        s_methods.Where(method => names.Contains(method.Name, StringComparer.Ordinal));

    static string[] Names(MethodInfo method) => [.. method.GetParameters().Select(parameter => parameter.Name!)];

    static string Text(MethodInfo method) =>
        $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => $"{parameter.ParameterType.Name} {parameter.Name}"))})";
}
