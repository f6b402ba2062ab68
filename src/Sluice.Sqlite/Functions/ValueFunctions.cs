using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Values;

namespace Sluice.Sqlite.Functions;

/// <summary>Functions that compute with values that are stored as texts, as what they are.</summary>
static unsafe class ValueFunctions
{
    // UTF-8; the same answer for the same values; and never from within a schema, which other programs must be able to read.
    const int Kind = 0x1 | 0x800 | 0x80000;

    const int Utf8 = 1;

    /// <summary>Makes the functions and collations known to a connection. No schema can name the functions.</summary>
    internal static void Register(sqlite3 db)
    {
        var pointer = db.DangerousGetHandle();
        Collation(pointer, "sluice_number"u8, &ValueCollations.Number);
        Collation(pointer, "sluice_moment"u8, &ValueCollations.Moment);
        Collation(pointer, "sluice_span"u8, &ValueCollations.Span);
        Function(pointer, "sluice_add"u8, 2, &Add);
        Function(pointer, "sluice_subtract"u8, 2, &Subtract);
        Function(pointer, "sluice_multiply"u8, 2, &Multiply);
        Function(pointer, "sluice_divide"u8, 2, &Divide);
        Function(pointer, "sluice_modulo"u8, 2, &Modulo);
        Function(pointer, "sluice_minus"u8, 1, &Minus);
        Function(pointer, "sluice_abs"u8, 1, &Abs);
        Function(pointer, "sluice_round"u8, 1, &Round);
        Function(pointer, "sluice_decimal"u8, 1, &Decimal);
        Function(pointer, "sluice_decimal"u8, 2, &Decimal);
        Function(pointer, "sluice_other"u8, 1, &Other);
        Function(pointer, "sluice_utc"u8, 1, &Utc);
        Function(pointer, "sluice_form"u8, 1, &Form);
        Function(pointer, "sluice_floor"u8, 1, &Floor);
        Function(pointer, "sluice_ceiling"u8, 1, &Ceiling);
        Function(pointer, "sluice_span_add"u8, 2, &SpanAdd);
        Function(pointer, "sluice_span_subtract"u8, 2, &SpanSubtract);
        Aggregate(pointer, "sluice_sum"u8, &ValueSums.Step, &ValueSums.Sum, &ValueSums.Leave);
        Aggregate(pointer, "sluice_avg"u8, &ValueSums.Step, &ValueSums.Average, &ValueSums.Leave);
        Aggregate(pointer, "sluice_span_sum"u8, &ValueSums.SpanStep, &ValueSums.SpanSum, &ValueSums.SpanLeave);
    }

    static void Collation(nint db, ReadOnlySpan<byte> name, delegate* unmanaged[Cdecl]<nint, int, byte*, int, byte*, int> compare)
    {
        fixed (byte* start = name)
            Check(FunctionCalls.CreateCollation(db, start, Utf8, 0, compare, 0));
    }

    static void Function(nint db, ReadOnlySpan<byte> name, int arguments, delegate* unmanaged[Cdecl]<nint, int, nint*, void> call)
    {
        fixed (byte* start = name)
            Check(FunctionCalls.CreateFunction(db, start, arguments, Kind, 0, call, 0, 0, 0));
    }

    static void Aggregate(
        nint db, ReadOnlySpan<byte> name, delegate* unmanaged[Cdecl]<nint, int, nint*, void> step, delegate* unmanaged[Cdecl]<nint, void> answer,
        delegate* unmanaged[Cdecl]<nint, int, nint*, void> leave)
    {
        fixed (byte* start = name)
            Check(FunctionCalls.CreateAggregate(db, start, 1, Kind, 0, step, answer, answer, leave, 0));
    }

    static void Check(int result)
    {
        if (result != NativeCalls.Ok)
            throw new Microsoft.Data.Sqlite.SqliteException("The connection takes no functions while a statement of it stands between two rows.", result);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Add(nint context, int count, nint* values) => Compute(context, values, static (left, right) => left + right);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Subtract(nint context, int count, nint* values) => Compute(context, values, static (left, right) => left - right);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Multiply(nint context, int count, nint* values) => Compute(context, values, static (left, right) => left * right);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Divide(nint context, int count, nint* values) => Compute(context, values, static (left, right) => left / right);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Modulo(nint context, int count, nint* values) => Compute(context, values, static (left, right) => left % right);

    // No exception may reach the library, whose frames it would skip.
    static void Compute(nint context, nint* values, Func<decimal, decimal, decimal> compute)
    {
        if (Argument.IsNull(values[0]) || Argument.IsNull(values[1]))
            FunctionCalls.ResultNull(context);
        else if (!Argument.TryNumber(values[0], out var left, out var leftIsWhole) || !Argument.TryNumber(values[1], out var right, out var rightIsWhole))
            Argument.RefuseNumber(context);
        else
            Answer(context, left, right, compute, leftIsWhole && rightIsWhole);
    }

    static void Answer(nint context, decimal left, decimal right, Func<decimal, decimal, decimal> compute, bool isWhole)
    {
        try
        {
            Argument.Answer(context, compute(left, right), isWhole);
        }
        catch (DivideByZeroException)
        {
            Argument.Refuse(context, "division by zero"u8);
        }
        catch (OverflowException)
        {
            Argument.RefuseSize(context);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Minus(nint context, int count, nint* values) => Change(context, values[0], static number => -number);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Abs(nint context, int count, nint* values) => Change(context, values[0], Math.Abs);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Round(nint context, int count, nint* values) =>
        Change(context, values[0], static number => decimal.Round(number, MidpointRounding.AwayFromZero));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Decimal(nint context, int count, nint* values)
    {
        var digits = count == 2 ? (int)Math.Clamp(NativeCalls.ValueInt64(values[1]), 0, 28) : 28;
        Change(context, values[0], number => decimal.Round(number, digits, MidpointRounding.AwayFromZero));
    }

    static void Change(nint context, nint value, Func<decimal, decimal> change)
    {
        if (Argument.IsNull(value))
            FunctionCalls.ResultNull(context);
        else if (Argument.TryNumber(value, out var number, out var isWhole))
            Argument.Answer(context, change(number), isWhole);
        else
            Argument.RefuseNumber(context);
    }

    // A whole number has two usual texts: 5, and 5.0 as decimals are stored.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Other(nint context, int count, nint* values)
    {
        if (Argument.IsText(values[0]) && Argument.TryNumber(values[0], out var number, out var isWhole) && number == decimal.Truncate(number))
            Argument.Answer(context, number, !isWhole);
        else
            FunctionCalls.ResultValue(context, values[0]);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Utc(nint context, int count, nint* values)
    {
        if (!TryMoment(values[0], out var ticks) || ticks is < 0 or > 3_155_378_975_999_999_999)
        {
            FunctionCalls.ResultValue(context, values[0]);
            return;
        }
        Span<byte> text = stackalloc byte[ValueText.MaxTimestamp];
        Argument.Answer(context, text[..ValueText.Format(new DateTimeOffset(ticks, TimeSpan.Zero), text)]);
    }

    // Times of one form sort as their texts do.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Form(nint context, int count, nint* values)
    {
        Span<byte> form = stackalloc byte[7];
        if (Argument.IsText(values[0]))
            Argument.Answer(context, form[..MomentText.FormOf(Argument.Text(values[0]), form)]);
        else
            FunctionCalls.ResultNull(context);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Floor(nint context, int count, nint* values)
    {
        Span<byte> text = stackalloc byte[ValueText.MaxDate];
        if (Argument.IsNull(values[0]))
            FunctionCalls.ResultNull(context);
        else if (!Argument.IsText(values[0]))
            FunctionCalls.ResultDouble(context, double.NegativeInfinity);
        else
            Argument.Answer(context, text[..(TryMoment(values[0], out var ticks) ? MomentText.Floor(ticks, text) : 0)]);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Ceiling(nint context, int count, nint* values)
    {
        Span<byte> text = stackalloc byte[ValueText.MaxDate];
        if (Argument.IsNull(values[0]))
            FunctionCalls.ResultNull(context);
        else if (TryMoment(values[0], out var ticks) && MomentText.TryCeiling(ticks, text))
            Argument.Answer(context, text);
        else
            Argument.AnswerLast(context);
    }

    static bool TryMoment(nint value, out long ticks)
    {
        ticks = 0;
        return Argument.IsText(value) && MomentText.TryRead(Argument.Text(value), out ticks);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void SpanAdd(nint context, int count, nint* values) => ComputeSpan(context, values, isSum: true);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void SpanSubtract(nint context, int count, nint* values) => ComputeSpan(context, values, isSum: false);

    static void ComputeSpan(nint context, nint* values, bool isSum)
    {
        if (Argument.IsNull(values[0]) || Argument.IsNull(values[1]))
            FunctionCalls.ResultNull(context);
        else if (SpanText.TryRead(Argument.Text(values[0]), out var left) && SpanText.TryRead(Argument.Text(values[1]), out var right))
            ValueSums.Answer(context, isSum ? (decimal)left.Ticks + right.Ticks : (decimal)left.Ticks - right.Ticks);
        else
            Argument.RefuseSpan(context);
    }
}
