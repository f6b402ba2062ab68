using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>What a statement returned of a row.</summary>
/// <param name="Place">Where the row stands among those that were sent, from 0; null where a key was changed on the way, so that nothing tells.</param>
/// <param name="IsNew">Whether it was inserted; null where the statement cannot say.</param>
/// <param name="Value">The columns that were asked for.</param>
readonly record struct PlacedOutcome<TValue>(int? Place, bool? IsNew, TValue Value);

/// <summary>The place, whether it is new, and the columns that were asked for.</summary>
sealed class OutcomeShape<TValue>(ResultShape<TValue> values) : ResultShape<PlacedOutcome<TValue>>
{
    const int Own = 2;

    public override void Bind(IReadOnlyList<string> columns) => values.Bind([.. columns.Skip(Own)]);

    public override PlacedOutcome<TValue> Read<TReader>(ref TReader reader)
    {
        var behind = new ShiftedReader<TReader>(reader);
        return new(
            reader.IsNull(0) ? null : reader.Get<int>(0) - 1,
            reader.IsNull(1) ? null : reader.Get<bool>(1),
            values.Read(ref behind));
    }

    readonly struct ShiftedReader<TReader>(TReader reader) : IRowReader
        where TReader : struct, IRowReader
    {
        public bool IsNull(int ordinal) => reader.IsNull(ordinal + Own);

        public T Get<T>(int ordinal) => reader.Get<T>(ordinal + Own);
    }
}
