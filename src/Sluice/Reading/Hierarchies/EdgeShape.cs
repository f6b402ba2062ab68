using Sluice.Rows;

namespace Sluice.Reading.Hierarchies;

/// <summary>One row of a table of dependencies.</summary>
/// <param name="HasFrom">Whether the dependent one is there.</param>
/// <param name="From">What depends.</param>
/// <param name="HasTo">Whether it depends on anything.</param>
/// <param name="To">What it depends on.</param>
readonly record struct Edge<T>(bool HasFrom, T From, bool HasTo, T To);

/// <summary>Reads two columns, either of which may be null.</summary>
sealed class EdgeShape<T> : ResultShape<Edge<T>>
{
    public override void Bind(IReadOnlyList<string> columns)
    {
        if (columns.Count != 2)
            throw RowProblems.WrongColumnCount(2, columns.Count);
    }

    public override Edge<T> Read<TReader>(ref TReader reader)
    {
        var hasFrom = !reader.IsNull(0);
        var hasTo = !reader.IsNull(1);
        return new Edge<T>(hasFrom, hasFrom ? reader.Get<T>(0) : default!, hasTo, hasTo ? reader.Get<T>(1) : default!);
    }
}
