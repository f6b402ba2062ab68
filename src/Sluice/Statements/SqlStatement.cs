using Sluice.Statements;

namespace Sluice;

/// <summary>A statement that a database executes: immutable, without a connection, the same for every database.</summary>
public abstract class SqlStatement
{
    readonly StatementNode? _node;

    private protected SqlStatement(StatementNode? node) => _node = node;

    internal virtual StatementNode Node => _node!;

    /// <summary>What a dialect made of this very object, so that rendering it again costs nothing.</summary>
    /// <summary>What the renderer keeps with the statement, for the next time it is run.</summary>
    internal object? LastRendered { get; set; }

    /// <summary>The statement's structure, for debugging; its text depends on the database.</summary>
    [System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public override string ToString() => Node.ToString();
}
