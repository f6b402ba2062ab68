using Npgsql;
using NpgsqlTypes;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Faults;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Schema;
using Sluice.Rows;

namespace Sluice.PostgreSql.Statements;

/// <summary>Runs one rendered statement.</summary>
static class StatementRun
{
    internal static async Task<long> ExecuteAsync(Lease lease, RenderedStatement rendered, CancellationToken cancellationToken)
    {
        var command = Command(lease, rendered);
        await using var commandDisposal = command.ConfigureAwait(false);
        if (!rendered.IsPlannedAnew)
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
        if (!rendered.IsPlannedAnew)
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
        var command = new NpgsqlCommand(lease.Backend.Text(rendered.Text, rendered.IsPlannedAnew), lease.Connection);
        foreach (var parameter in rendered.Parameters)
            command.Parameters.Add(Parameter(parameter));
        return command;
    }

    internal static NpgsqlBatchCommand BatchCommand(Lease lease, RenderedStatement rendered)
    {
        var command = new NpgsqlBatchCommand(lease.Backend.Text(rendered.Text, rendered.IsPlannedAnew));
        foreach (var parameter in rendered.Parameters)
            command.Parameters.Add(Parameter(parameter));
        return command;
    }

    static NpgsqlParameter Parameter(SqlParameter given)
    {
        var (value, type, isUntyped) = Fitted(given.Value, given.Type);
        if ((given.IsCompared || isUntyped) && UntypedText.Of(value) is { } text)
            return new NpgsqlParameter { Value = text, NpgsqlDbType = NpgsqlDbType.Unknown };
        RequireKind(value, type);
        var parameter = new NpgsqlParameter { Value = Sent(value, type) };
        if (PostgresTypes.ParameterType(type) is { } known)
            parameter.NpgsqlDbType = known;
        else if (type is { Kind: SqlTypeKind.Enum, StoreName: { } name } && value is not Enum)
            parameter.DataTypeName = name;
        return parameter;
    }

    // The driver would refuse it only when the statement is sent.
    static void RequireKind(object? value, SqlType type)
    {
        var of = type.Element ?? type;
        if (of.Kind is not (SqlTypeKind.TimestampTz or SqlTypeKind.Timestamp))
            return;
        var wanted = of.Kind is SqlTypeKind.TimestampTz;
        if (value is DateTime time && !IsOfKind(time, wanted))
            throw SessionProblems.ParameterKind(time.Kind, type);
        if (value is not IEnumerable<DateTime> times)
            return;
        foreach (var one in times)
        {
            if (!IsOfKind(one, wanted))
                throw SessionProblems.ParameterKind(one.Kind, type);
        }
    }

    // The extremes mean infinity, which has no zone.
    static bool IsOfKind(DateTime time, bool isUtc) =>
        time.Kind is DateTimeKind.Utc == isUtc || time == DateTime.MinValue || time == DateTime.MaxValue;

    // A value of another type becomes one of the type that the statement says, or goes as what it is: as digits that the server reads, or
    // with its own type.
    static (object? Value, SqlType Type, bool IsUntyped) Fitted(object? value, SqlType type)
    {
        if (value is null or string)
            return (value, type, false);
        if (type is { Kind: SqlTypeKind.Array, Element: { } element } && value is Array { Rank: 1 } array && ParameterValue.Is(element.Kind))
            return Fitted(array, type, element);
        if (!ParameterValue.Is(type.Kind))
            return (value, type, false);
        if (type.Kind is SqlTypeKind.Enum && value is Enum label)
            return EnumLabels.IsKnown(type, label) ? (EnumLabels.LabelOf(type, label), type, true) : (value, type, false);
        if (ParameterValue.As(type, value) is { } converted)
            return (converted, type, false);
        return type.Kind is SqlTypeKind.Numeric && ParameterValue.Digits(value) is { } digits
            ? (digits, type, true)
            : (value, SqlType.For(value.GetType()), false);
    }

    static (object? Value, SqlType Type, bool IsUntyped) Fitted(Array array, SqlType type, SqlType element)
    {
        if (ParameterValue.IsUsual(element, array.GetType().GetElementType()!))
            return (array, type, element.Kind is SqlTypeKind.Enum);
        if (ParameterValue.AllAs(element, array) is { } all)
            return (all, type, element.Kind is SqlTypeKind.Enum);
        return element.Kind is SqlTypeKind.Numeric && ParameterValue.Digits(array) is { } digits
            ? (digits, type, true)
            : (array, new SqlType(SqlTypeKind.Other), false);
    }

    // An enumeration is sent as its number, a character as text, and a time of another zone as the same moment.
    static object Sent(object? value, SqlType type) => value switch
    {
        null => DBNull.Value,
        Enum number when type.Kind is not SqlTypeKind.Enum =>
            Sent(Convert.ChangeType(number, Enum.GetUnderlyingType(number.GetType()), System.Globalization.CultureInfo.InvariantCulture),
                type),
        char character => character.ToString(),
        DateTimeOffset time => type.Kind is SqlTypeKind.TimeTz ? time : time.ToUniversalTime(),
        sbyte small => (short)small,
        ushort whole => (int)whole,
        uint whole => (long)whole,
        ulong whole => (decimal)whole,
        Array array => SentArray.Of(array, type),
        _ => value,
    };
}
