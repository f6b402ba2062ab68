using System.Runtime.CompilerServices;
using Sluice.Rows;

namespace Sluice.Specification.Rows;

/// <summary>Row code written by hand, as a program without the generator would: the suites' rows do not depend on generated code.</summary>
public sealed class MeasurementRows : RowType<Measurement>
{
    public static Table<Measurement> Table { get; } = new(
        "readings",
        null,
        [
            new Column<long>("id", new SqlType(SqlTypeKind.BigInt)),
            new Column<string>("code", new SqlType(SqlTypeKind.Text)),
            new Column<double>("amount", new SqlType(SqlTypeKind.Double)) { IsNullable = true },
            new Column<string>("note", new SqlType(SqlTypeKind.Text)) { IsNullable = true },
        ],
        [0],
        new MeasurementRows());

    public override IReadOnlyList<RowField> Fields { get; } =
    [
        new("id", typeof(long)) { IsNullable = false },
        new("code", typeof(string)),
        new("amount", typeof(double)),
        new("note", typeof(string)),
    ];

    public override void Write<TSink>(ReadOnlySpan<Measurement> rows, ref TSink sink)
    {
        foreach (ref readonly var row in rows)
        {
            sink.BeginRow();
            sink.Write(row.Id);
            WriteText(row.Code, ref sink);
            if (row.Amount is { } amount)
                sink.Write(amount);
            else
                sink.WriteNull();
            WriteText(row.Note, ref sink);
            sink.EndRow();
        }
    }

    public override Measurement Read<TReader>(ref TReader reader) => new(
        reader.Get<long>(0),
        reader.Get<string>(1),
        reader.IsNull(2) ? null : reader.Get<double>(2),
        reader.IsNull(3) ? null : reader.Get<string>(3));

    static void WriteText<TSink>(string? value, ref TSink sink)
        where TSink : struct, IRowSink
    {
        if (value is null)
            sink.WriteNull();
        else
            sink.Write(value);
    }

    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "Generated tables announce themselves so, and this one stands for them.")]
    internal static void Announce() => TableRegistry.Add(() => Table);
}
