using Sluice.Rows;

namespace Sluice.Generators.Tests.Fakes;

/// <summary>One row whose values have exactly the types that they are asked for, enumerations' values their numbers' types.</summary>
readonly struct FakeReader(params object?[] values) : IRowReader
{
    public bool IsNull(int ordinal) => values[ordinal] is null;

    public T Get<T>(int ordinal) =>
        values[ordinal] is T value ? value
        : typeof(T).IsEnum && values[ordinal]?.GetType() == Enum.GetUnderlyingType(typeof(T)) ? (T)Enum.ToObject(typeof(T), values[ordinal]!)
        : throw new InvalidCastException($"Position {ordinal} holds {values[ordinal]?.GetType()}, not {typeof(T)}.");
}
