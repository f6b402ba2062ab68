using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Statements;

/// <summary>Takes an interpolated text apart: its words stay, its holes become parameters, names or other parts of a statement.</summary>
static partial class TextParts
{
    internal static TextNode Parse(FormattableString text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = new List<string>();
        var holes = new List<ExprNode>();
        var end = 0;
        foreach (Match hole in Hole().Matches(text.Format))
        {
            if (!hole.Groups["index"].Success)
                continue;
            if (hole.Groups["format"].Length > 0)
                throw new ArgumentException($"The hole '{hole.Value}' has a format or an alignment, but its value is sent as it is. Format the value before.", nameof(text));
            parts.Add(Plain(text.Format[end..hole.Index]));
            holes.Add(Filled(text.GetArgument(int.Parse(hole.Groups["index"].ValueSpan, CultureInfo.InvariantCulture))));
            end = hole.Index + hole.Length;
        }
        parts.Add(Plain(text.Format[end..]));
        return new TextNode(Seq.Of(parts), Seq.Of(holes));
    }

    static string Plain(string text) => text.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    static ExprNode Filled(object? value) => value switch
    {
        SqlExpr expression => expression.Node,
        SqlQuery query => new ScalarQueryNode(query.QueryNode),
        // A null has no type here; the database finds the one that its place needs.
        null => new ParamNode(null, new SqlType(SqlTypeKind.Other)),
        Table table => new TableNameNode((TableFrom)table.FromNode),
        Column column => new NameNode(null, column.Name),
        SqlFrom from =>
            throw new ArgumentException($"A hole holds {from.Id.Qualifier}, a query's rows and not a table of the database. Put it into From(), and the text beside it.", nameof(value)),
        _ => new ParamNode(value, SqlType.For(value.GetType())),
    };

    [GeneratedRegex(@"\{\{|\}\}|\{(?<index>\d+)(?<format>[^}]*)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hole();
}
