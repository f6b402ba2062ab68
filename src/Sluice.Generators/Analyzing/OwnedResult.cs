using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Generators.Analyzing;

/// <summary>What becomes of a call's result: whether somebody disposes it, or may.</summary>
static class OwnedResult
{
    internal static void Analyze(OperationAnalysisContext context, IInvocationOperation call, KnownTypes known)
    {
        if (AwaitOf(call) is not { } awaited)
            return;
        var isLost = IsDropped(awaited) || (LocalOf(awaited) is { } local && !MayBeDisposed(local, awaited, known));
        if (isLost)
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NotDisposed, call.Syntax.GetLocation(), call.TargetMethod.Name));
    }

    /// <summary>Whether a value is a statement of its own, or assigned to a discard.</summary>
    internal static bool IsDropped(IOperation value) => value.Parent switch
    {
        IExpressionStatementOperation => true,
        ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation } => true,
        IConversionOperation { IsImplicit: true } conversion => IsDropped(conversion),
        _ => false,
    };

    static IAwaitOperation? AwaitOf(IOperation call) => call.Parent switch
    {
        IAwaitOperation awaited => awaited,
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured when configured.Instance == call => AwaitOf(configured),
        _ => null,
    };

    // A variable that "using" declares is disposed by it.
    static ILocalSymbol? LocalOf(IOperation value) => value.Parent switch
    {
        IConversionOperation { IsImplicit: true } conversion => LocalOf(conversion),
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } when !declarator.Symbol.IsUsing =>
            declarator.Symbol,
        _ => null,
    };

    // Whatever else than a call of its own members is done with it may lead to its disposal.
    static bool MayBeDisposed(ILocalSymbol local, IOperation declaration, KnownTypes known)
    {
        var body = BodyOf(declaration);
        foreach (var operation in body.Descendants())
        {
            if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local)
                && !IsOwnUse(reference, declaration, known))
                return true;
        }
        return IsUsingsResource(declaration);
    }

    static bool IsOwnUse(ILocalReferenceOperation reference, IOperation declaration, KnownTypes known)
    {
        // What is kept by another function may be disposed there.
        if (FunctionOf(reference) != FunctionOf(declaration))
            return false;
        return reference.Parent switch
        {
            IInvocationOperation call when call.Instance == reference =>
                call.TargetMethod.Name is not ("DisposeAsync" or "Dispose" or "ConfigureAwait"),
            IConversionOperation { IsImplicit: true, Parent: IArgumentOperation argument } => IsReceiver(argument, known),
            IArgumentOperation argument => IsReceiver(argument, known),
            IMemberReferenceOperation member => member.Instance == reference,
            _ => false,
        };
    }

    // The verbs are extension methods, and keep nothing. ConfigureAwait is one as well, whose result is disposed.
    static bool IsReceiver(IArgumentOperation argument, KnownTypes known) =>
        argument.Parent is IInvocationOperation { TargetMethod: var method }
        && method.IsExtensionMethod && known.IsSluices(method) && argument.Parameter?.Ordinal == 0;

    static bool IsUsingsResource(IOperation declaration)
    {
        for (var outer = declaration.Parent; outer is not null and not IBlockOperation; outer = outer.Parent)
        {
            if (outer is IUsingOperation or IUsingDeclarationOperation)
                return true;
        }
        return false;
    }

    static IOperation BodyOf(IOperation operation)
    {
        var body = operation;
        while (body.Parent is { } outer)
            body = outer;
        return body;
    }

    static IOperation? FunctionOf(IOperation operation)
    {
        var outer = operation.Parent;
        while (outer is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation))
            outer = outer.Parent;
        return outer;
    }
}
