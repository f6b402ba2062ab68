namespace Sluice.Specification.Rows;

/// <summary>A row with a key, a text that must be there, and two values that need not.</summary>
public readonly record struct Measurement(long Id, string Code, double? Amount = null, string? Note = null)
{
    /// <summary>Rows 1 to a count, each with values of its own.</summary>
    public static IEnumerable<Measurement> Rows(int count, int from = 1) => Enumerable.Range(from, count).Select(Row);

    public static Measurement Row(int id) => new(id, $"code {id}", id % 3 == 0 ? null : id / 4.0, id % 5 == 0 ? null : $"note {id}");

    /// <summary>The row as the raw drivers read it back.</summary>
    public object?[] Values => [Id, Code, Amount, Note];
}
