using Npgsql;
using Sluice.PostgreSql.Pooling;
using Sluice.PostgreSql.Statements;
using Sluice.Rows;

namespace Sluice.PostgreSql.Reading;

/// <summary>Makes rows of the driver's results, all of one form.</summary>
sealed class ResultRows<T>(ResultShape<T> shape, Backend backend)
{
    Type[]? _types;
    RowMaker<T, PostgresRowReader>? _make;

    /// <summary>Reads rows until there are no more, or as many as are wanted.</summary>
    /// <returns>How many there were.</returns>
    internal async ValueTask<int> ReadAsync(NpgsqlDataReader reader, T[] rows, int wanted, CancellationToken cancellationToken)
    {
        if (_types is null)
        {
            var types = PostgresRowReader.TypesOf(reader, backend);
            shape.Bind([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);
            _make = shape.Maker<PostgresRowReader>();
            _types = types;
        }
        var record = new PostgresRowReader(reader, _types);
        var make = _make!;
        var count = 0;
        while (count < wanted && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            rows[count++] = make(ref record);
        return count;
    }
}
