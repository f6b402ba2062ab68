using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>What a text stands for where a database has no type for it.</summary>
enum TextValueKind
{
    None,

    /// <summary>An exact number.</summary>
    Number,

    /// <summary>A point in time, in whatever offset.</summary>
    Moment,

    /// <summary>A point in time of a column whose texts all have no offset, so that they sort as times do.</summary>
    PlainMoment,

    /// <summary>A span of time.</summary>
    Span,
}

/// <summary>Finds out which expressions of a statement have such values.</summary>
sealed class TextValueKinds
{
    // They answer with one of the values that they are given.
    static readonly HashSet<string> s_passing = new(StringComparer.Ordinal) { "min", "max", "lag", "lead", "first_value", "last_value", "nth_value", "coalesce", "nullif" };

    readonly string _prefix;
    readonly Dictionary<FromId, Table> _tables = [];

    internal TextValueKinds(string prefix, StatementNode statement)
    {
        _prefix = prefix;
        Collect(statement);

        void Collect(Node node)
        {
            if (node is TableFrom table)
                _tables.TryAdd(table.Id, table.Table);
            else if (node is WriteNode write)
                _tables.TryAdd(write.Target.Id, write.Target.Table);
            node.ForEachChild(Collect);
        }
    }

    internal TextValueKind Of(ExprNode expression) => expression switch
    {
        ColumnNode column when Find(column) is { } found =>
            found.ClrType == typeof(DateTime) && Of(found.Type) is TextValueKind.Moment ? TextValueKind.PlainMoment : Of(column.Type),
        ColumnNode column => Of(column.Type),
        NameNode name => Of(name.Type),
        SlotNode slot => Of(slot.Type),
        RowSlotNode slot => Of(slot.Type),
        LiteralNode literal => Of(literal.Type),
        CastNode cast => Of(cast.Type),
        CaseNode choice => First(choice.Whens.Select(w => w.Result).Concat(choice.Else is null ? [] : [choice.Else])),
        UnaryNode { Operator: UnaryOperator.Minus } minus => Of(minus.Operand),
        AggregateNode aggregate => Of(aggregate.Function),
        OverNode over => Of(over.Function),
        FunctionNode function => OfFunction(function),
        KnownFunctionNode { Function: KnownFunction.Now } => TextValueKind.Moment,
        ScalarQueryNode scalar => OfQuery(scalar.Query),
        _ => TextValueKind.None,
    };

    TextValueKind OfFunction(FunctionNode function)
    {
        if (function.IsCallers)
            return Of(function.Type);
        if (function.Name.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return function.Name[_prefix.Length..] is var name && name.StartsWith("span_", StringComparison.Ordinal) ? TextValueKind.Span
                : name is "avg" or "floor" or "ceiling" or "form" ? TextValueKind.None : name is "utc" ? TextValueKind.Moment : TextValueKind.Number;
        }
        return s_passing.Contains(function.Name)
            ? First(function.Name is "coalesce" ? function.Arguments : [function.Arguments[0]])
            : TextValueKind.None;
    }

    TextValueKind First(IEnumerable<ExprNode> expressions) =>
        expressions.Select(Unwrapped).FirstOrDefault(kind => kind is not TextValueKind.None);

    TextValueKind Unwrapped(ExprNode expression) =>
        Of(expression is CollateNode collate && collate.Collation.StartsWith(_prefix, StringComparison.Ordinal) ? collate.Operand : expression);

    /// <summary>What the first column of a query has.</summary>
    internal TextValueKind OfQuery(QueryNode query) => query switch
    {
        SelectNode { Items.Count: > 0 } select => Unwrapped(select.Items[0].Expression),
        CompoundNode compound => OfQuery(compound.Left),
        _ => TextValueKind.None,
    };

    internal static TextValueKind Of(SqlType? type) => type?.Kind switch
    {
        SqlTypeKind.Numeric => TextValueKind.Number,
        SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz => TextValueKind.Moment,
        SqlTypeKind.Interval => TextValueKind.Span,
        _ => TextValueKind.None,
    };

    Column? Find(ColumnNode column) =>
        _tables.TryGetValue(column.From, out var table) && table.TryGetColumn(column.Name, out var found) ? found : null;

    /// <summary>Whether a column is one by whose texts the table finds rows: a part of a key, or of a reference to one.</summary>
    internal bool IsKey(ExprNode expression) => expression is ColumnNode column && _tables.TryGetValue(column.From, out var table)
        && (table.PrimaryKey.Any(c => c.Name == column.Name) || table.UniqueKeys.Any(k => k.Columns.Contains(column.Name)) || table.ForeignKeys.Any(k => k.Columns.Contains(column.Name)));
}
