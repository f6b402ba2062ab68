using Sluice.Statements;

namespace Sluice;

public static partial class Sql
{
    /// <summary>The time when the transaction began; where a database has no such clock, when the statement did.</summary>
    public static SqlUntyped Now() => new(new KnownFunctionNode(KnownFunction.Now, []), SqlType.TimestampTz);

    /// <summary>Today's date.</summary>
    public static SqlExpr<DateOnly> Today() => new(new KnownFunctionNode(KnownFunction.Today, []), SqlType.Date);

    /// <summary>A function by its name.</summary>
    public static SqlFunction<T> Function<T>(string name, params SqlExpr[] arguments)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(new FunctionNode(name, Build.Operands(arguments)) { IsCallers = true, Type = SqlType.For(typeof(T)) },
            SqlType.For(typeof(T)));
    }

    static SqlFunction<T> Same<T>(string name, SqlExpr<T> operand) => new(new FunctionNode(name, [Build.Operand(operand)]), operand.Type);

    /// <summary>The number of rows.</summary>
    public static SqlFunction<long> Count() => new(new FunctionNode("count", [new StarNode()]), SqlType.BigInt);

    /// <summary>The number of values that are not null.</summary>
    public static SqlFunction<long> Count(SqlExpr operand) => new(new FunctionNode("count", [Build.Operand(operand)]), SqlType.BigInt);

    /// <summary>The largest value.</summary>
    public static SqlFunction<T> Max<T>(SqlExpr<T> operand) => Same("max", operand);

    /// <summary>The smallest value.</summary>
    public static SqlFunction<T> Min<T>(SqlExpr<T> operand) => Same("min", operand);

    /// <summary>The sum. Its type in the database may be wider than its operand's.</summary>
    public static SqlFunction<T> Sum<T>(SqlExpr<T> operand) => Same("sum", operand);

    /// <summary>The mean.</summary>
    public static SqlFunction<double> Avg<T>(SqlExpr<T> operand) => new(new FunctionNode("avg", [Build.Operand(operand)]), SqlType.Double);

    /// <summary>The texts of a group, one after the other.</summary>
    public static SqlFunction<string> StringAgg(SqlExpr<string> operand, string separator) =>
        new(new AggregateNode(new KnownFunctionNode(KnownFunction.StringAggregate, [Build.Operand(operand), new LiteralNode(separator, SqlType.Text)]), false, [], null, []), SqlType.Text);

    /// <summary>The number of the row in its partition, from 1.</summary>
    public static SqlFunction<long> RowNumber() => new(new FunctionNode("row_number", []), SqlType.BigInt);

    /// <summary>The rank in the partition, with gaps after ties.</summary>
    public static SqlFunction<long> Rank() => new(new FunctionNode("rank", []), SqlType.BigInt);

    /// <summary>The rank in the partition, without gaps.</summary>
    public static SqlFunction<long> DenseRank() => new(new FunctionNode("dense_rank", []), SqlType.BigInt);

    /// <summary>The value of an earlier row.</summary>
    public static SqlFunction<T> Lag<T>(SqlExpr<T> operand, long rows = 1) =>
        new(new FunctionNode("lag", [Build.Operand(operand), new LiteralNode((int)rows, SqlType.Integer)]), operand.Type);

    /// <summary>The value of a later row.</summary>
    public static SqlFunction<T> Lead<T>(SqlExpr<T> operand, long rows = 1) =>
        new(new FunctionNode("lead", [Build.Operand(operand), new LiteralNode((int)rows, SqlType.Integer)]), operand.Type);

    /// <summary>The value of the frame's first row.</summary>
    public static SqlFunction<T> FirstValue<T>(SqlExpr<T> operand) => Same("first_value", operand);

    /// <summary>The value of the frame's last row.</summary>
    public static SqlFunction<T> LastValue<T>(SqlExpr<T> operand) => Same("last_value", operand);

    /// <summary>The first value that is not null.</summary>
    public static SqlExpr<T> Coalesce<T>(SqlExpr<T> first, params SqlExpr<T>[] others) =>
        new(new FunctionNode("coalesce", Seq.Of(others.Prepend(first).Select(o => Build.Typed(o, first.Type)))), first.Type);

    /// <summary>Null where both are the same, else the first.</summary>
    public static SqlExpr<T> NullIf<T>(SqlExpr<T> value, SqlExpr<T> unwanted) =>
        new(new FunctionNode("nullif", [Build.Operand(value), Build.Typed(unwanted, value.Type)]), value.Type);

    /// <summary>The largest of several values; nulls do not count.</summary>
    public static SqlExpr<T> Greatest<T>(SqlExpr<T> first, params SqlExpr<T>[] others) => Extreme(KnownFunction.Greatest, first, others);

    /// <summary>The smallest of several values; nulls do not count.</summary>
    public static SqlExpr<T> Least<T>(SqlExpr<T> first, params SqlExpr<T>[] others) => Extreme(KnownFunction.Least, first, others);

    static SqlExpr<T> Extreme<T>(KnownFunction function, SqlExpr<T> first, SqlExpr<T>[] others) =>
        new(new KnownFunctionNode(function, Seq.Of(others.Prepend(first).Select(o => Build.Typed(o, first.Type)))), first.Type);

    /// <summary>The text in small letters.</summary>
    public static SqlExpr<string> Lower(SqlExpr<string> text) => Same("lower", text);

    /// <summary>The text in capital letters.</summary>
    public static SqlExpr<string> Upper(SqlExpr<string> text) => Same("upper", text);

    /// <summary>The number of characters.</summary>
    public static SqlExpr<int> Length(SqlExpr<string> text) => new(new FunctionNode("length", [Build.Operand(text)]), SqlType.Integer);

    /// <summary>The text without blanks at its ends.</summary>
    public static SqlExpr<string> Trim(SqlExpr<string> text) => Same("trim", text);

    /// <summary>A part of the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The first character, from 1.</param>
    /// <param name="length">How many characters.</param>
    public static SqlExpr<string> Substring(SqlExpr<string> text, SqlExpr<int> start, SqlExpr<int> length) =>
        new(new FunctionNode("substr", [Build.Operand(text), Build.Operand(start), Build.Operand(length)]), SqlType.Text);

    /// <summary>The text with one part replaced by another.</summary>
    public static SqlExpr<string> Replace(SqlExpr<string> text, SqlExpr<string> old, SqlExpr<string> replacement) =>
        new(new FunctionNode("replace", [Build.Operand(text), Build.Operand(old), Build.Operand(replacement)]), SqlType.Text);

    /// <summary>The value without its sign.</summary>
    public static SqlExpr<T> Abs<T>(SqlExpr<T> operand) => Same("abs", operand);

    /// <summary>The value rounded to a whole number.</summary>
    public static SqlExpr<T> Round<T>(SqlExpr<T> operand) => Same("round", operand);

    /// <summary>Whether a text matches a pattern with % and _.</summary>
    public static SqlBool Like(this SqlExpr<string> text, SqlExpr<string> pattern, char? escape = null) =>
        new(new LikeNode(Build.Operand(text), Build.Operand(pattern), escape, IgnoreCase: false));

    /// <summary>Whether a text matches a pattern with % and _, whatever the case of its letters.</summary>
    public static SqlBool ILike(this SqlExpr<string> text, SqlExpr<string> pattern, char? escape = null) =>
        new(new LikeNode(Build.Operand(text), Build.Operand(pattern), escape, IgnoreCase: true));

    /// <summary>A member of a JSON object, or an element of a JSON array, as JSON.</summary>
    public static SqlUntyped Json(this SqlExpr document, string key) =>
        new(new JsonNode(Build.Operand(document), new LiteralNode(key, SqlType.Text), AsText: false), SqlType.JsonB);

    /// <inheritdoc cref="Json(SqlExpr, string)"/>
    public static SqlUntyped Json(this SqlExpr document, int index) =>
        new(new JsonNode(Build.Operand(document), new LiteralNode(index, SqlType.Integer), AsText: false), SqlType.JsonB);

    /// <summary>A member of a JSON object as text.</summary>
    public static SqlExpr<string> JsonText(this SqlExpr document, string key) =>
        new(new JsonNode(Build.Operand(document), new LiteralNode(key, SqlType.Text), AsText: true), SqlType.Text);

    /// <summary>An element of a JSON array as text.</summary>
    public static SqlExpr<string> JsonText(this SqlExpr document, int index) =>
        new(new JsonNode(Build.Operand(document), new LiteralNode(index, SqlType.Integer), AsText: true), SqlType.Text);

    /// <summary>An element of an array, from 1.</summary>
    public static SqlExpr<T> At<T>(this SqlExpr<T[]> array, SqlExpr<int> index) =>
        new(new SubscriptNode(Build.Operand(array), Build.Operand(index)), SqlType.For(typeof(T)));
}
