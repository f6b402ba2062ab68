using Sluice.Rows;

namespace Sluice.Reading;

/// <summary>Reads rows as the database gives them.</summary>
sealed class DatabaseResultShape : ResultShape<DatabaseRow>
{
    int _count;

    public override void Bind(IReadOnlyList<string> columns) => _count = columns.Count;

    public override DatabaseRow Read<TReader>(ref TReader reader)
    {
        var values = new StoredValue[_count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!reader.IsNull(i))
                values[i] = reader.Get<StoredValue>(i);
        }
        return new DatabaseRow(values);
    }
}

/// <summary>Writes rows as the columns of their target take them.</summary>
sealed class DatabaseRowShape(IReadOnlyList<RowField> fields, SqlType[] sources, SqlType[] targets) : RowShape<DatabaseRow>
{
    public override IReadOnlyList<RowField> Fields { get; } = fields;

    public override void Write<TSink>(ReadOnlySpan<DatabaseRow> rows, ref TSink sink)
    {
        var field = 0;
        try
        {
            foreach (ref readonly var row in rows)
            {
                sink.BeginRow();
                var values = row.Values;
                for (field = 0; field < values.Length; field++)
                {
                    if (!sink.TrySkip())
                        values[field].Write(sources[field], targets[field], ref sink);
                }
                sink.EndRow();
            }
        }
        catch (ValueException refused) when (refused.Field < 0)
        {
            // What is refused before it reaches the sink, the sink takes for the column before.
            throw refused.At(field);
        }
    }
}
