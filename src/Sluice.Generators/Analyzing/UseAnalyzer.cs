using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Generators.Analyzing;

/// <summary>Warns of calls that compile and do not do what they look like.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UseAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.NotEnumerated, Descriptors.NotDisposed, Descriptors.NoRowType];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (KnownTypes.Of(start.Compilation) is { } known)
                start.RegisterOperationAction(call => Analyze(call, known), OperationKind.Invocation);
        });
    }

    static void Analyze(OperationAnalysisContext context, KnownTypes known)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!known.IsSluices(call.TargetMethod))
            return;
        if (known.IsReturnedRows(call.Type))
            Returning(context, call);
        else if (known.MakesDisposable(call.TargetMethod))
            OwnedResult.Analyze(context, call, known);
        if (known.IsVerb(call.TargetMethod))
            RowTypes.Analyze(context, call, known);
    }

    static void Returning(OperationAnalysisContext context, IInvocationOperation call)
    {
        if (OwnedResult.IsDropped(call))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NotEnumerated, call.Syntax.GetLocation(), call.TargetMethod.Name));
    }
}
