using Sluice.Statements;

namespace Sluice;

/// <summary>A value whose .NET type is that of the place where it is used: a column by name, NULL, DEFAULT, the time, a text.</summary>
public class SqlUntyped : SqlExpr
{
    internal SqlUntyped(ExprNode node, SqlType? type = null)
        : base(node, type)
    {
    }

    /// <summary>Another name for the value in the result.</summary>
    public SqlUntyped As(string name) => new LabelledUntyped(this, name);
}

sealed class LabelledUntyped(SqlUntyped inner, string label) : SqlUntyped(inner.Node, inner.Type)
{
    internal override string Label => label;
}
