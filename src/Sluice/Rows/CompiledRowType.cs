using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Sluice.Rows;

/// <summary>Row code compiled at run time, once for each sink and reader, so that reflected rows are written without boxing too.</summary>
[RequiresDynamicCode("Compiles the row code at run time.")]
sealed class CompiledRowType<[DynamicallyAccessedMembers(RowMembers.Needed)] T>(RowMaking making,
    IReadOnlyList<RowField> fields) : RowType<T>
{
    public override IReadOnlyList<RowField> Fields { get; } = fields;

    public override void Write<TSink>(ReadOnlySpan<T> rows, ref TSink sink)
    {
        var write = Writer<TSink>.Compiled ??= RowCompiler.Writer<T, TSink>(making);
        foreach (ref readonly var row in rows)
        {
            sink.BeginRow();
            if (!typeof(T).IsValueType && row is null)
                throw RowProblems.NullRow();
            write(ref Unsafe.AsRef(in row), ref sink);
            sink.EndRow();
        }
    }

    public override T Read<TReader>(ref TReader reader)
    {
        var make = Maker<TReader>.Compiled ??= RowCompiler.Maker<T, TReader>(making);
        return make(ref reader);
    }

    static class Writer<TSink>
    {
        internal static RowWriter<T, TSink>? Compiled;
    }

    static class Maker<TReader>
    {
        internal static RowMaker<T, TReader>? Compiled;
    }
}
