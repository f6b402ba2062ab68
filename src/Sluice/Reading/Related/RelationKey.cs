using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Sluice.Rows;
using Sluice.Statements;

namespace Sluice.Reading.Related;

/// <summary>
/// How keys of one .NET type are read from results and sent to the database: one column each way for every part of the key. For generated
/// code.
/// </summary>
/// <typeparam name="TKey">The key: a value, or a tuple of values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[Experimental(ExperimentalFor.Providers)]
public abstract class RelationKey<TKey>
    where TKey : notnull
{
    private protected RelationKey()
    {
    }

    /// <summary>The code that reads the key of a row from the columns at the indexes, none of which is null.</summary>
    internal abstract RowMaker<TKey, TReader> Reader<TReader>(int[] indexes)
        where TReader : struct, IRowReader;

    /// <summary>The keys as an array for each column.</summary>
    internal abstract SqlArray[] Arrays(ReadOnlySpan<TKey> keys, IReadOnlyList<string> names, IReadOnlyList<SqlType> types);
}

/// <summary>Makes keys' forms, for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[Experimental(ExperimentalFor.Providers)]
public static class RelationKey
{
    /// <summary>A key of one column.</summary>
    public static RelationKey<T> Of<T>()
        where T : notnull => OneColumn<T>.Instance;

    /// <summary>A key of two columns.</summary>
    public static RelationKey<(T1, T2)> Of<T1, T2>()
        where T1 : notnull
        where T2 : notnull => TwoColumns<T1, T2>.Instance;

    /// <summary>A key of three columns.</summary>
    public static RelationKey<(T1, T2, T3)> Of<T1, T2, T3>()
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull => ThreeColumns<T1, T2, T3>.Instance;

    // A whole number may be of another width than its column; all else is sent as what it is compared with.
    static SqlType Sent<T>(SqlType column) =>
        typeof(T) == typeof(long) || typeof(T) == typeof(int) ? SqlType.For(typeof(T)) : Build.Bare(column);

    static SqlArray Array<TKey, T>(ReadOnlySpan<TKey> keys, string name, SqlType type, Func<TKey, T> part)
    {
        var values = new T[keys.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = part(keys[i]);
        return SqlArray.Owning(name, Sent<T>(type), values);
    }

    sealed class OneColumn<T> : RelationKey<T>
        where T : notnull
    {
        internal static readonly OneColumn<T> Instance = new();

        internal override RowMaker<T, TReader> Reader<TReader>(int[] indexes)
        {
            var first = indexes[0];
            return (ref reader) => reader.Get<T>(first);
        }

        internal override SqlArray[] Arrays(ReadOnlySpan<T> keys, IReadOnlyList<string> names, IReadOnlyList<SqlType> types) =>
            [SqlArray.Owning(names[0], Sent<T>(types[0]), keys.ToArray())];
    }

    sealed class TwoColumns<T1, T2> : RelationKey<(T1, T2)>
        where T1 : notnull
        where T2 : notnull
    {
        internal static readonly TwoColumns<T1, T2> Instance = new();

        internal override RowMaker<(T1, T2), TReader> Reader<TReader>(int[] indexes)
        {
            var (first, second) = (indexes[0], indexes[1]);
            return (ref reader) => (reader.Get<T1>(first), reader.Get<T2>(second));
        }

        internal override SqlArray[] Arrays(ReadOnlySpan<(T1, T2)> keys, IReadOnlyList<string> names, IReadOnlyList<SqlType> types) =>
            [Array(keys, names[0], types[0], static k => k.Item1), Array(keys, names[1], types[1], static k => k.Item2)];
    }

    sealed class ThreeColumns<T1, T2, T3> : RelationKey<(T1, T2, T3)>
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
    {
        internal static readonly ThreeColumns<T1, T2, T3> Instance = new();

        internal override RowMaker<(T1, T2, T3), TReader> Reader<TReader>(int[] indexes)
        {
            var (first, second, third) = (indexes[0], indexes[1], indexes[2]);
            return (ref reader) => (reader.Get<T1>(first), reader.Get<T2>(second), reader.Get<T3>(third));
        }

        internal override SqlArray[] Arrays(ReadOnlySpan<(T1, T2, T3)> keys, IReadOnlyList<string> names, IReadOnlyList<SqlType> types) =>
            [
                Array(keys, names[0], types[0], static k => k.Item1),
                Array(keys, names[1], types[1], static k => k.Item2),
                Array(keys, names[2], types[2], static k => k.Item3),
            ];
    }
}
