using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Rows;

/// <summary>Builds the row code of reflected types.</summary>
[RequiresDynamicCode("Compiles the row code at run time.")]
static class RowCompiler
{
    internal static RowWriter<T, TSink> Writer<T, TSink>(RowMaking making)
        where TSink : struct, IRowSink
    {
        var row = Expression.Parameter(typeof(T).MakeByRefType(), "row");
        var sink = Expression.Parameter(typeof(TSink).MakeByRefType(), "sink");
        var body = Expression.Block(making.Columns.Select(c => WriteMember<TSink>(c, row, sink)));
        return Expression.Lambda<RowWriter<T, TSink>>(body, row, sink).Compile();
    }

    internal static RowMaker<T, TReader> Maker<[DynamicallyAccessedMembers(RowMembers.Needed)] T, TReader>(RowMaking making)
        where TReader : struct, IRowReader
    {
        if (!making.IsPossible)
            throw RowProblems.NotReadable(typeof(T));
        var reader = Expression.Parameter(typeof(TReader).MakeByRefType(), "reader");
        // In the order of the columns, as a reader may go forwards only.
        var needed = making.Parameters.Concat(making.Setters).Order().ToList();
        var values = needed.ToDictionary(i => i, i => Expression.Variable(making.Columns[i].Property.PropertyType, making.Columns[i].Name));
        var creation = making.Constructor is null
            ? Expression.New(typeof(T))
            : Expression.New(making.Constructor, making.Parameters.Select(i => values[i]));
        var bindings = making.Setters.Select(i => Expression.Bind(making.Columns[i].Property, values[i]));
        var body = needed.Select(i => (Expression)Expression.Assign(values[i], ReadMember<TReader>(making.Columns[i], reader, i)))
            .Append(Expression.MemberInit(creation, bindings));
        return Expression.Lambda<RowMaker<T, TReader>>(Expression.Block(values.Values, body), reader).Compile();
    }

    static Expression WriteMember<TSink>(RowMember member, ParameterExpression row, ParameterExpression sink)
        where TSink : struct, IRowSink
    {
        var property = Expression.Property(row, member.Property);
        if (Nullable.GetUnderlyingType(property.Type) is not { } type)
            return WriteValue<TSink>(property, sink);
        var value = Expression.Variable(property.Type, "value");
        return Expression.Block(
            [value],
            Expression.Assign(value, property),
            Expression.IfThenElse(
                Expression.Equal(value, Expression.Constant(null, value.Type)),
                Expression.Call(typeof(SinkCalls<TSink>).GetMethod(nameof(SinkCalls<>.WriteNull))!, sink),
                WriteValue<TSink>(Expression.Convert(value, type), sink)));
    }

    [UnconditionalSuppressMessage("Trimming", "IL2076", Justification = "The struct constraint asks for a constructor, which an enumeration lacks and does not need.")]
    static MethodCallExpression WriteValue<TSink>(Expression value, ParameterExpression sink)
        where TSink : struct, IRowSink
    {
        var calls = typeof(SinkCalls<TSink>);
        switch (RowValues.KindOf(value.Type))
        {
            case RowValueKind.Whole:
                return Expression.Call(calls.GetMethod(nameof(SinkCalls<>.Write), [typeof(long), sink.Type.MakeByRefType()])!,
                    Expression.Convert(value, typeof(long)), sink);
            case RowValueKind.Enum:
                return Expression.Call(calls.GetMethod(nameof(SinkCalls<>.WriteEnum))!.MakeGenericMethod(value.Type), value, sink);
            case RowValueKind.Array:
                return Expression.Call(calls.GetMethod(nameof(SinkCalls<>.WriteArray))!.MakeGenericMethod(value.Type.GetElementType()!),
                    value, sink);
            case RowValueKind.List:
                return Expression.Call(calls.GetMethod(nameof(SinkCalls<>.WriteList))!.MakeGenericMethod(value.Type.GenericTypeArguments[0]), value, sink);
            case RowValueKind.Other:
                return Expression.Call(calls.GetMethod(nameof(SinkCalls<>.WriteOther))!, Expression.Convert(value, typeof(object)), sink);
            default:
                var type = typeof(JsonNode).IsAssignableFrom(value.Type) ? typeof(JsonNode) : value.Type;
                return Expression.Call(calls.GetMethod(nameof(SinkCalls<>.Write), [type, sink.Type.MakeByRefType()])!, value, sink);
        }
    }

    static Expression ReadMember<TReader>(RowMember member, ParameterExpression reader, int i)
        where TReader : struct, IRowReader
    {
        var position = Expression.Constant(i);
        var value = ReadValue<TReader>(member.ValueType, reader, position);
        if (value.Type != member.Property.PropertyType)
            value = Expression.Convert(value, member.Property.PropertyType);
        return member.CanBeNull
            ? Expression.Condition(
                Expression.Call(typeof(ReaderCalls<TReader>).GetMethod(nameof(ReaderCalls<>.IsNull))!, reader, position),
                Expression.Default(value.Type),
                value)
            : value;
    }

    static Expression ReadValue<TReader>(Type type, ParameterExpression reader, ConstantExpression position)
        where TReader : struct, IRowReader
    {
        var calls = typeof(ReaderCalls<TReader>);
        switch (RowValues.KindOf(type))
        {
            case RowValueKind.Array:
                return ReadArray<TReader>(type.GetElementType()!, reader, position);
            case RowValueKind.List:
                var element = type.GenericTypeArguments[0];
                return Expression.Call(calls.GetMethod(nameof(ReaderCalls<>.List))!.MakeGenericMethod(element),
                    ReadArray<TReader>(element, reader, position));
        }
        var method = type == typeof(ReadOnlyMemory<byte>) ? calls.GetMethod(nameof(ReaderCalls<>.Memory))
            : type == typeof(Memory<byte>) ? calls.GetMethod(nameof(ReaderCalls<>.Writable))
            : type == typeof(JsonDocument) ? calls.GetMethod(nameof(ReaderCalls<>.Document))
            : type == typeof(JsonElement) ? calls.GetMethod(nameof(ReaderCalls<>.Element))
            : typeof(JsonNode).IsAssignableFrom(type) ? calls.GetMethod(nameof(ReaderCalls<>.Node))
            : calls.GetMethod(nameof(ReaderCalls<>.Get))!.MakeGenericMethod(type);
        return Expression.Call(method!, reader, position);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2071", Justification = "The struct constraint asks for a constructor, which an enumeration lacks and does not need.")]
    [UnconditionalSuppressMessage("Trimming", "IL2076", Justification = "The struct constraint asks for a constructor, which a number does not need.")]
    static MethodCallExpression ReadArray<TReader>(Type element, ParameterExpression reader, ConstantExpression position)
        where TReader : struct, IRowReader
    {
        var calls = typeof(ReaderCalls<TReader>);
        var bare = Nullable.GetUnderlyingType(element) ?? element;
        // The database knows an enumeration's values as numbers.
        var method = !bare.IsEnum ? calls.GetMethod(nameof(ReaderCalls<>.Get))!.MakeGenericMethod(element.MakeArrayType())
            : bare == element ? calls.GetMethod(nameof(ReaderCalls<>.Enums))!.MakeGenericMethod(Enum.GetUnderlyingType(bare), bare)
            : calls.GetMethod(nameof(ReaderCalls<>.NullableEnums))!.MakeGenericMethod(Enum.GetUnderlyingType(bare), bare);
        return Expression.Call(method, reader, position);
    }
}
