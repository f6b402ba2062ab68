using System.Globalization;
using Sluice.Statements;

namespace Sluice.Reading;

/// <summary>A query cut into pages by its key: each page is the query with the rows after the last key of the page before.</summary>
sealed class KeyPaging
{
    readonly SelectNode _query;
    readonly IReadOnlyList<OrderNode> _keys;
    readonly IReadOnlyList<ColumnNode> _described;
    readonly bool _isUnique;

    KeyPaging(SelectNode query, IReadOnlyList<OrderNode> keys, IReadOnlyList<ColumnNode> described, bool isUnique)
    {
        _keys = keys;
        _described = described;
        _isUnique = isUnique;
        var keyColumns = keys.Select((key, i) => new ItemNode(key.Expression, string.Create(CultureInfo.InvariantCulture, $"sluice_key_{i + 1}")));
        _query = query with { Items = query.Items.AddRange(keyColumns), OrderBy = Seq.Of(keys.Select(key => key with { Expression = Sought(key) })) };
    }

    /// <summary>How many columns of a page's end are the key.</summary>
    internal int Columns => _keys.Count;

    /// <exception cref="BulkPlanException">The query cannot be cut, or a key may be null.</exception>
    internal static KeyPaging Of(SqlSelect query, IReadOnlyList<SqlOrder> keys)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0)
            throw new ArgumentException("Name at least one key column.", nameof(keys));
        var select = (SelectNode)query.QueryNode;
        if (select.Distinct || select.DistinctOn.Count + select.GroupBy.Count > 0 || select.Having is not null || select.Limit is not null || select.Offset is not null || HasWindow(select))
            throw ReadProblems.NotPageable();
        var tables = select.From.SelectMany(Kept).ToList();
        var ordered = keys.Select(k => k.Node).ToList();
        foreach (var key in ordered)
        {
            if (key.Expression is not ColumnNode column)
                throw ReadProblems.KeyNoColumn();
            if (!IsNeverNull(column, tables, select.Where))
                throw ReadProblems.KeyMayBeNull(column.Name);
        }
        var described = ordered.Select(o => (ColumnNode)o.Expression).Where(c => !IsPrimary(c, tables) && !Excludes(select.Where, c));
        return new KeyPaging(select, [.. ordered, .. Missing(ordered, tables)], [.. described], select.From.All(IsTold));
    }

    // Whether the primary keys, which are all in the key, tell each row of it from the others.
    static bool IsTold(FromNode from) => from switch
    {
        TableFrom table => table.Table.PrimaryKey.Count > 0,
        JoinFrom { Kind: JoinKind.Inner or JoinKind.Cross } join => IsTold(join.Left) && IsTold(join.Right),
        _ => false,
    };

    // A window looks at the rows of one page. Those of a subquery, in FROM or anywhere, look at the same rows on every page.
    static bool HasWindow(SelectNode select)
    {
        var found = false;
        select.ForEachChild(Look);
        return found;

        void Look(Node node)
        {
            found |= node is OverNode;
            if (!found && node is not (QueryNode or FromNode or CteNode))
                node.ForEachChild(Look);
        }
    }

    // Tables whose rows are all there: not those on a side of an outer join that may have no partner.
    static IEnumerable<TableFrom> Kept(FromNode from) => from switch
    {
        TableFrom table => [table],
        JoinFrom { Kind: JoinKind.Inner or JoinKind.Cross } join => [.. Kept(join.Left), .. Kept(join.Right)],
        JoinFrom { Kind: JoinKind.Left } join => Kept(join.Left),
        JoinFrom { Kind: JoinKind.Right } join => Kept(join.Right),
        _ => [],
    };

    static bool IsNeverNull(ColumnNode column, List<TableFrom> tables, ExprNode? where) =>
        tables.Find(t => t.Id == column.From)?.Table.Columns.FirstOrDefault(c => c.Name == column.Name) is { IsNullable: false }
            || Excludes(where, column);

    static bool IsPrimary(ColumnNode column, List<TableFrom> tables) =>
        tables.Exists(t => t.Id == column.From && t.Table.PrimaryKey.Any(c => c.Name == column.Name));

    // Whether the condition is one that rows meet only where the column has a value.
    static bool Excludes(ExprNode? where, ColumnNode column) => where switch
    {
        BinaryNode { Operator: BinaryOperator.And } both => Excludes(both.Left, column) || Excludes(both.Right, column),
        UnaryNode { Operator: UnaryOperator.IsNotNull, Operand: ColumnNode tested } => tested == column,
        _ => false,
    };

    // Rows of one key would be torn apart by the end of a page: the primary keys tell them apart.
    static IEnumerable<OrderNode> Missing(List<OrderNode> keys, List<TableFrom> tables)
    {
        var descending = keys[^1].Descending;
        return tables.SelectMany(t => t.Table.PrimaryKey.Select(c => new ColumnNode(t.Id, c.Name, c.Type)))
            .Where(column => !keys.Exists(k => k.Expression is ColumnNode known && known.From == column.From && known.Name == column.Name))
            .Select(column => new OrderNode(column, descending, NullOrder.Default));
    }

    /// <param name="after">The key of the last row before the page, or null for the first page.</param>
    /// <param name="rows">How many rows the page has at most.</param>
    internal SqlSelect Page(IReadOnlyList<object>? after, int rows)
    {
        var page = _query with { Limit = new ParamNode((long)rows, SqlType.BigInt) };
        return new SqlSelect(after is null ? page : page with { Where = Build.And(page.Where, After(after)) });
    }

    /// <summary>
    /// A query that finds a row where the database takes two keys for one, though they are not equal here: a collation may ignore case.
    /// Null where it cannot.
    /// </summary>
    internal SqlSelect? Same(IReadOnlyList<object> one, IReadOnlyList<object> other)
    {
        if (_isUnique || one.Where((value, i) => AreTold(value, other[i])).Any())
            return null;
        return Any(Values(one).Concat(Values(other)).Select((value, i) => (ExprNode)new BinaryNode(BinaryOperator.Equal, Sought(_keys[i % _keys.Count]), value)).Aggregate(Build.And));
    }

    // Numbers, dates and the like are equal to the database where they are here.
    static bool AreTold(object one, object other) =>
        one.GetType() is { IsValueType: true } type && type == other.GetType() && !one.Equals(other);

    /// <summary>A query that finds a row without a key, which no page but the first one shows. Null where the database has none.</summary>
    internal SqlSelect? Keyless => _described.Count == 0 ? null
        : Any(_described.Select(c => (ExprNode)new UnaryNode(UnaryOperator.IsNull, c)).Aggregate((one, other) => new BinaryNode(BinaryOperator.Or, one, other)));

    SqlSelect Any(ExprNode condition) => new(_query with
    {
        Items = [new ItemNode(new LiteralNode(1L, SqlType.BigInt), "found")],
        Where = Build.And(_query.Where, condition),
        OrderBy = [],
        Limit = new ParamNode(1L, SqlType.BigInt),
        Lock = null,
    });

    // Times that are stored as texts are sought in the order of an index, which is that of the texts: see Disorder.
    static ExprNode Sought(OrderNode key) => IsTime((ColumnNode)key.Expression) ? new StoredNode(key.Expression) : key.Expression;

    static bool IsTime(ColumnNode column) => column.Type?.Kind is SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz;

    /// <summary>
    /// Where times are stored as texts, a query whose one value is more than 0 where the order of a key's texts is not that of the times,
    /// because they have several offsets or forms. Null where no key has times.
    /// </summary>
    /// <param name="features">What the database has.</param>
    internal SqlSelect? Disorder(Rendering.SqlFeatures features)
    {
        if (features.TextValues is not { } prefix)
            return null;
        var several = _keys.Select(k => (ColumnNode)k.Expression).Where(IsTime).Select(column => (ExprNode)new BinaryNode(
            BinaryOperator.NotEqual, Extreme("min", column), Extreme("max", column))).ToList();
        return several.Count == 0 ? null : new(_query with
        {
            Items = [new ItemNode(several.Aggregate((one, other) => new BinaryNode(BinaryOperator.Or, one, other)), "several")],
            OrderBy = [],
            Lock = null,
        });

        FunctionNode Extreme(string name, ColumnNode column) => new(name, [new FunctionNode(prefix + "form", [column])]);
    }

    List<ExprNode> Values(IReadOnlyList<object> key) =>
        [.. _keys.Select((k, i) => (ExprNode)new ParamNode(key[i], PageKey.TypeOf(key[i], ((ColumnNode)k.Expression).Type)))];

    ExprNode After(IReadOnlyList<object> last)
    {
        var values = Values(last);
        if (_keys.Count == 1)
            return Beyond(_keys[0], values[0]);
        return _keys.All(k => k.Descending == _keys[0].Descending)
            ? new BinaryNode(Operator(_keys[0]), new TupleNode(Seq.Of(_keys.Select(Sought))), new TupleNode(Seq.Of(values)))
            : Expanded(values);
    }

    // a > 1 OR (a = 1 AND (b < 2 OR …)): a comparison of tuples has one direction.
    ExprNode Expanded(List<ExprNode> values)
    {
        var condition = Beyond(_keys[^1], values[^1]);
        for (var i = _keys.Count - 2; i >= 0; i--)
        {
            var same = Build.And(new BinaryNode(BinaryOperator.Equal, Sought(_keys[i]), values[i]), condition);
            condition = new BinaryNode(BinaryOperator.Or, Beyond(_keys[i], values[i]), same);
        }
        // What follows from the rest, but which an index on the first column can be searched by.
        var start = new BinaryNode(_keys[0].Descending ? BinaryOperator.LessOrEqual : BinaryOperator.GreaterOrEqual, Sought(_keys[0]),
            values[0]);
        return Build.And(start, condition);
    }

    static ExprNode Beyond(OrderNode key, ExprNode value) => new BinaryNode(Operator(key), Sought(key), value);

    static BinaryOperator Operator(OrderNode key) => key.Descending ? BinaryOperator.Less : BinaryOperator.Greater;
}
