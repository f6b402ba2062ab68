using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Generators.Analyzing;

/// <summary>Rows of a type for which there is no table.</summary>
/// <remarks>
/// Every other type has one: without [Table] its table has its name. What is reported here fails whenever it is run.
/// </remarks>
static class RowTypes
{
    internal static void Analyze(OperationAnalysisContext context, IInvocationOperation call, KnownTypes known)
    {
        var row = call.TargetMethod.TypeArguments[0];
        var problem = Problem(row) ?? (row.IsAnonymousType && !IsGiven(call, "table")
            ? ("an anonymous type, which has no table", "Name the table: " + call.TargetMethod.Name + "(rows, table)")
            : null);
        if (problem is { } found && known.IsVerb(call.TargetMethod))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NoRowType, call.Syntax.GetLocation(), found.What, found.Remedy));
    }

    static (string What, string Remedy)? Problem(ITypeSymbol row) => row switch
    {
        { SpecialType: SpecialType.System_Object } =>
            ("objects of any type", "Use RowSource.From(rows) with dictionaries, and name the table"),
        { SpecialType: SpecialType.System_String } or { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double } =>
            ("single values", "Use RowSource.From([\"column\"], values.Select(v => new object?[] { v })), and name the table"),
        IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Object } =>
            ("lists of values", "Use RowSource.From(columns, rows), and name the table"),
        INamedTypeSymbol named when IsDictionary(named) => ("dictionaries", "Use RowSource.From(rows), and name the table"),
        _ => null,
    };

    static bool IsDictionary(INamedTypeSymbol type) => type.AllInterfaces.Add(type).Any(static face =>
        face.Name is "IEnumerable" && face.TypeArguments.Length == 1
        && face.TypeArguments[0] is INamedTypeSymbol { Name: "KeyValuePair", TypeArguments.Length: 2 } pair
        && pair.TypeArguments[0].SpecialType is SpecialType.System_String
            && pair.TypeArguments[1].SpecialType is SpecialType.System_Object);

    static bool IsGiven(IInvocationOperation call, string parameter) => call.Arguments.Any(argument =>
        argument.Parameter?.Name == parameter && argument.ArgumentKind is not ArgumentKind.DefaultValue
        && argument.Value.ConstantValue is not { HasValue: true, Value: null });
}
