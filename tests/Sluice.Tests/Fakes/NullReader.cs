using Sluice.Rows;

namespace Sluice.Tests.Fakes;

/// <summary>A row of nothing but nulls.</summary>
struct NullReader : IRowReader
{
    public readonly bool IsNull(int ordinal) => true;

    public readonly T Get<T>(int ordinal) => throw new InvalidCastException("The value is null.");
}
