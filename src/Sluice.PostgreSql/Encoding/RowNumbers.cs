namespace Sluice.PostgreSql.Encoding;

/// <summary>The numbers that rows get behind their own values, in order.</summary>
sealed class RowNumbers
{
    long[] _numbers = [];
    int _next;

    /// <summary>Sets the numbers of the rows that are written next.</summary>
    internal void Start(long[] numbers)
    {
        _numbers = numbers;
        _next = 0;
    }

    internal long Next() => _numbers[_next++];
}
