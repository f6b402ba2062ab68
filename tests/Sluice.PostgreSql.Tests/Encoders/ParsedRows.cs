using Sluice.Rows;

namespace Sluice.PostgreSql.Tests.Encoders;

/// <summary>Numbered texts, as a file has them: the column's type decides how each is read.</summary>
sealed class ParsedRows(IReadOnlyList<string?> texts) : RowSource<Stored<string?>>
{
    int _taken;

    public override string Name => "texts";

    public override RowShape<Stored<string?>> Bind(Table target) => new Shape();

    public override ValueTask<int> ReadAsync(Memory<Stored<string?>> rows, CancellationToken cancellationToken)
    {
        var count = Math.Min(rows.Length, texts.Count - _taken);
        for (var i = 0; i < count; i++)
            rows.Span[i] = new(_taken + i + 1, texts[_taken + i]);
        _taken += count;
        return new(count);
    }

    sealed class Shape : RowShape<Stored<string?>>
    {
        public override IReadOnlyList<RowField> Fields { get; } = [new("id", typeof(int)), new("v", typeof(string)) { IsParsed = true }];

        public override void Write<TSink>(ReadOnlySpan<Stored<string?>> rows, ref TSink sink)
        {
            foreach (var row in rows)
            {
                sink.BeginRow();
                sink.Write((long)row.Id);
                if (row.V is null)
                    sink.WriteNull();
                else
                    sink.Write(row.V.AsSpan());
                sink.EndRow();
            }
        }
    }
}
