using System.Diagnostics.CodeAnalysis;
using Sluice.Statements;

namespace Sluice.Planning;

/// <summary>SQL text that a database package writes itself.</summary>
[Experimental(ExperimentalFor.Providers)]
public static class ProviderText
{
    /// <summary>
    /// The text, which reads and changes no more than it says: no setting of the session, and nothing that outlives the statement.
    /// </summary>
    /// <remarks>The caller's text is <see cref="Sql.Raw"/>: the connection is made as new after a statement that has some.</remarks>
    public static SqlText Of(string text) => new(new TextNode([text], []) { IsCallers = false });
}
