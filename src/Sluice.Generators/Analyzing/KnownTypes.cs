using Microsoft.CodeAnalysis;

namespace Sluice.Generators.Analyzing;

/// <summary>The types of Sluice that calls are recognised by.</summary>
sealed class KnownTypes
{
    readonly INamedTypeSymbol _engine;
    readonly INamedTypeSymbol _transaction;
    readonly INamedTypeSymbol _returned;

    KnownTypes(INamedTypeSymbol engine, INamedTypeSymbol transaction, INamedTypeSymbol returned) =>
        (_engine, _transaction, _returned) = (engine, transaction, returned);

    /// <summary>Null where the program does not use Sluice.</summary>
    internal static KnownTypes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Sluice.Engine") is { } engine
        && compilation.GetTypeByMetadataName("Sluice.Transaction") is { } transaction
        && compilation.GetTypeByMetadataName("Sluice.ReturnedRows`2") is { } returned
            ? new KnownTypes(engine, transaction, returned)
            : null;

    /// <summary>Whether a method is of the core, or of a database package's engine.</summary>
    internal bool IsSluices(IMethodSymbol method) => IsCore(method) || Equal(method.ContainingType.BaseType, _engine);

    bool IsCore(IMethodSymbol method) => Equal(method.ContainingAssembly, _engine.ContainingAssembly);

    internal bool IsReturnedRows(ITypeSymbol? type) => Equal(type?.OriginalDefinition, _returned);

    /// <summary>Whether a method begins something that is undone or kept open until it is disposed.</summary>
    internal bool MakesDisposable(IMethodSymbol method) => method.Name switch
    {
        "BeginAsync" => Equal(method.ContainingType, _engine),
        "SavepointAsync" => Equal(method.ContainingType, _transaction),
        "RentConnectionAsync" => Equal(method.ContainingType, _engine) || Equal(method.ContainingType.BaseType, _engine),
        _ => false,
    };

    /// <summary>Whether a method is an extension method of the core's whose rows are a sequence of its first type argument.</summary>
    internal bool IsVerb(IMethodSymbol method) =>
        IsCore(method) && method.IsExtensionMethod && method.TypeArguments.Length > 0
        && method.ContainingType.Name is "InsertVerb" or "UpsertVerb" or "UpdateVerb" or "DeleteVerb" or "SyncVerb";

    static bool Equal(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);
}
