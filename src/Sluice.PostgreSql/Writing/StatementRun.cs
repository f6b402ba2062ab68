using Npgsql;
using NpgsqlTypes;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Reading;
using Sluice.Rows;
using Sluice.Schema;

namespace Sluice.PostgreSql.Writing;

/// <summary>Runs one rendered statement.</summary>
static class StatementRun
{
    internal static async Task<long> ExecuteAsync(Lease lease, RenderedStatement rendered, CancellationToken cancellationToken)
    {
        var command = Command(lease, rendered);
        await using var commandDisposal = command.ConfigureAwait(false);
        await lease.Backend.PrepareAsync(command, cancellationToken).ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        long rows = 0;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            rows++;
        await reader.CloseAsync().ConfigureAwait(false);
        return rows > 0 ? rows : Math.Max(0, reader.RecordsAffected);
    }

    internal static async Task<IReadOnlyList<T>> QueryAsync<T>(
        Lease lease, RenderedStatement rendered, ResultShape<T> shape, CancellationToken cancellationToken)
    {
        var command = Command(lease, rendered);
        await using var commandDisposal = command.ConfigureAwait(false);
        await lease.Backend.PrepareAsync(command, cancellationToken).ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        var types = PostgresRowReader.TypesOf(reader, lease.Backend);
        shape.Bind([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);
        var make = shape.Maker<PostgresRowReader>();
        var record = new PostgresRowReader(reader, types);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            rows.Add(make(ref record));
        return rows;
    }

    internal static NpgsqlCommand Command(Lease lease, RenderedStatement rendered)
    {
        var command = new NpgsqlCommand(lease.Backend.Text(rendered.Text), lease.Connection);
        foreach (var parameter in rendered.Parameters)
            command.Parameters.Add(Parameter(parameter));
        return command;
    }

    internal static NpgsqlBatchCommand BatchCommand(Lease lease, string text, IReadOnlyList<SqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(lease.Backend.Text(text));
        foreach (var parameter in parameters)
            command.Parameters.Add(Parameter(parameter));
        return command;
    }

    static NpgsqlParameter Parameter(SqlParameter given)
    {
        var (value, type) = given;
        if (given.IsCompared && UntypedText.Of(value) is { } text)
            return new NpgsqlParameter { Value = text, NpgsqlDbType = NpgsqlDbType.Unknown };
        var parameter = new NpgsqlParameter { Value = Sent(value) };
        if (TypeOf(type) is { } known)
            parameter.NpgsqlDbType = known;
        else if (type is { Kind: SqlTypeKind.Enum, StoreName: { } name })
            parameter.DataTypeName = name;
        return parameter;
    }

    // An enumeration is sent as its number, a character as text, and a time of another zone as the same moment.
    static object Sent(object? value) => value switch
    {
        null => DBNull.Value,
        Enum number => Sent(Convert.ChangeType(number, Enum.GetUnderlyingType(number.GetType()), System.Globalization.CultureInfo.InvariantCulture)),
        char character => character.ToString(),
        DateTimeOffset time => time.ToUniversalTime(),
        sbyte small => (short)small,
        ushort whole => (int)whole,
        uint whole => (long)whole,
        ulong whole => (decimal)whole,
        Array array => SentArray.Of(array),
        _ => value,
    };

    static NpgsqlDbType? TypeOf(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => NpgsqlDbType.Boolean,
        SqlTypeKind.SmallInt => NpgsqlDbType.Smallint,
        SqlTypeKind.Integer => NpgsqlDbType.Integer,
        SqlTypeKind.BigInt => NpgsqlDbType.Bigint,
        SqlTypeKind.Real => NpgsqlDbType.Real,
        SqlTypeKind.Double => NpgsqlDbType.Double,
        SqlTypeKind.Numeric => NpgsqlDbType.Numeric,
        SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char => NpgsqlDbType.Text,
        SqlTypeKind.Bytes => NpgsqlDbType.Bytea,
        SqlTypeKind.Uuid => NpgsqlDbType.Uuid,
        SqlTypeKind.Date => NpgsqlDbType.Date,
        SqlTypeKind.Time => NpgsqlDbType.Time,
        SqlTypeKind.TimeTz => NpgsqlDbType.TimeTz,
        SqlTypeKind.Timestamp => NpgsqlDbType.Timestamp,
        SqlTypeKind.TimestampTz => NpgsqlDbType.TimestampTz,
        SqlTypeKind.Interval => NpgsqlDbType.Interval,
        SqlTypeKind.Json => NpgsqlDbType.Json,
        SqlTypeKind.JsonB => NpgsqlDbType.Jsonb,
        SqlTypeKind.Array when type.Element is { } element && TypeOf(element) is { } known => NpgsqlDbType.Array | known,
        _ => null,
    };
}
