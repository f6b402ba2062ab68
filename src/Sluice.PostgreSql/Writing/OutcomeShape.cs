using Sluice.Rows;

namespace Sluice.PostgreSql.Writing;

/// <summary>What a statement returned of a row.</summary>
/// <param name="Place">
/// Where the row stands among those that were sent, from 0; null where a key was changed on the way, so that nothing tells.
/// </param>
/// <param name="IsNew">Whether it was inserted; null where the statement cannot say.</param>
/// <param name="Value">The columns that were asked for.</param>
readonly record struct PlacedOutcome<TValue>(int? Place, bool? IsNew, TValue Value);

/// <summary>The columns that were asked for, and behind them the place and whether the row is new.</summary>
// Behind, not before: a reader that shifts the columns would be a type that holds itself without end, which ahead-of-time compilers refuse.
sealed class OutcomeShape<TValue>(ResultShape<TValue> values) : ResultShape<PlacedOutcome<TValue>>
{
    const int Own = 2;
    int _place;

    public override void Bind(IReadOnlyList<string> columns)
    {
        _place = columns.Count - Own;
        values.Bind([.. columns.Take(_place)]);
    }

    public override PlacedOutcome<TValue> Read<TReader>(ref TReader reader) => new(
        reader.IsNull(_place) ? null : reader.Get<int>(_place) - 1,
        reader.IsNull(_place + 1) ? null : reader.Get<bool>(_place + 1),
        values.Read(ref reader));
}
