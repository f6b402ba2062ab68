using Sluice.Rows;

namespace Sluice.PostgreSql.Tests.Encoders;

/// <summary>Typed values beside a parsed column of a type that only the server reads, so that the whole load goes as text.</summary>
sealed class MixedRows<T>(IReadOnlyList<T> values) : RowSource<Stored<T>>
{
    int _taken;

    public override string Name => "typed values beside texts";

    public override RowShape<Stored<T>> Bind(Table target) => new Shape();

    public override ValueTask<int> ReadAsync(Memory<Stored<T>> rows, CancellationToken cancellationToken)
    {
        var count = Math.Min(rows.Length, values.Count - _taken);
        for (var i = 0; i < count; i++)
            rows.Span[i] = new(_taken + i + 1, values[_taken + i]);
        _taken += count;
        return new(count);
    }

    sealed class Shape : RowShape<Stored<T>>
    {
        public override IReadOnlyList<RowField> Fields { get; } = [new("id", typeof(int)), new("v", typeof(T)) { IsParsed = typeof(T) == typeof(string) }, new("span", typeof(string)) { IsParsed = true }];

        public override void Write<TSink>(ReadOnlySpan<Stored<T>> rows, ref TSink sink)
        {
            foreach (var row in rows)
            {
                sink.BeginRow();
                sink.Write((long)row.Id);
                Write(row.V, ref sink);
                sink.Write("1 day");
                sink.EndRow();
            }
        }

        static void Write<TSink>(T value, ref TSink sink)
            where TSink : struct, IRowSink
        {
            switch (value)
            {
                case null: sink.WriteNull(); break;
                case bool v: sink.Write(v); break;
                case long v: sink.Write(v); break;
                case ulong v: sink.Write(v); break;
                case float v: sink.Write(v); break;
                case double v: sink.Write(v); break;
                case decimal v: sink.Write(v); break;
                case string v: sink.Write(v); break;
                case Guid v: sink.Write(v); break;
                case DateTime v: sink.Write(v); break;
                case DateTimeOffset v: sink.Write(v); break;
                case DateOnly v: sink.Write(v); break;
                case byte[] v: sink.WriteBytes(v); break;
                case Mood v: sink.WriteEnum(v); break;
                default: throw new ArgumentException($"No sink takes {typeof(T)}.", nameof(value));
            }
        }
    }
}
