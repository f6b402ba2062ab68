using Sluice.PostgreSql.Schema;
using Sluice.PostgreSql.Sessions;
using Sluice.Rendering;
using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>Numbers from a column's sequence, which no other writer is given again.</summary>
/// <remarks>Each is taken by nextval: a block of them could not be reserved by setval without a lock that no other writer takes.</remarks>
static class SequenceNumbers
{
    /// <summary>Whether the database numbers a column.</summary>
    internal static bool Number(Column column) =>
        column.Generated is Generated.Always or Generated.ByDefault
            || column.Default?.StartsWith("nextval(", StringComparison.Ordinal) == true;

    /// <summary>The statement that takes numbers; its parameter is how many.</summary>
    // A default says itself where its numbers come from: not always from a sequence that the column owns.
    internal static RenderedStatement Taking(Table table, Column column) => column.Generated is Generated.Always or Generated.ByDefault
        ? new(
            $"SELECT nextval(s.name) FROM (SELECT pg_get_serial_sequence({SqlDialect.QuoteText(PostgresNames.Quote(table.Name, table.Schema))}, {SqlDialect.QuoteText(column.Name)})::regclass AS name OFFSET 0) AS s, "
            + "generate_series(1, $1)",
            [])
        : new($"SELECT CAST({column.Default} AS bigint) FROM generate_series(1, $1)", []);

    internal static async Task<long[]> TakeAsync(ServerSession session, RenderedStatement take, int count,
        CancellationToken cancellationToken)
    {
        var numbers = await session.QueryAsync(take with { Parameters = [new SqlParameter(count, SqlType.Integer)] }, new NumberShape(),
            cancellationToken).ConfigureAwait(false);
        return [.. numbers];
    }

    /// <summary>A number as the type that the caller has for it.</summary>
    internal static TValue As<TValue>(long number) => typeof(TValue) == typeof(long)
        ? (TValue)(object)number
        : (TValue)Convert.ChangeType(number, typeof(TValue), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Numbers as an array of the column's type.</summary>
    internal static SqlArray Array(Column column, IEnumerable<long> numbers) => column.Type.Kind switch
    {
        SqlTypeKind.SmallInt => SqlArray.Of(new Column<short>(column.Name, column.Type), numbers.Select(n => checked((short)n))),
        SqlTypeKind.Integer => SqlArray.Of(new Column<int>(column.Name, column.Type), numbers.Select(n => checked((int)n))),
        _ => SqlArray.Of(new Column<long>(column.Name, column.Type), numbers),
    };


    sealed class NumberShape : ResultShape<long>
    {
        public override void Bind(IReadOnlyList<string> columns)
        {
        }

        public override long Read<TReader>(ref TReader reader) => reader.Get<long>(0);
    }
}
