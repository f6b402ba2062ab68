using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Sqlite.Values;

namespace Sluice.Sqlite.Functions;

/// <summary>Sums and means of values that are stored as texts, over groups and over windows, from which rows leave again.</summary>
static unsafe class ValueSums
{
    // Lives in the library's memory, which is zero at first.
    struct Numbers
    {
        internal decimal Sum;
        internal long Count;
        internal long Pointed;
    }

    struct Spans
    {
        internal decimal Ticks;
        internal long Count;
    }

    static T* State<T>(nint context, bool isNeeded)
        where T : unmanaged => (T*)FunctionCalls.AggregateContext(context, isNeeded ? sizeof(T) : 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Step(nint context, int count, nint* values) => Take(context, values[0], sign: 1);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Leave(nint context, int count, nint* values) => Take(context, values[0], sign: -1);

    static void Take(nint context, nint value, int sign)
    {
        if (Argument.IsNull(value))
            return;
        var state = State<Numbers>(context, isNeeded: true);
        if (state == null || !Argument.TryNumber(value, out var number, out var isWhole))
        {
            Argument.RefuseNumber(context);
            return;
        }
        try
        {
            state->Sum += sign * number;
        }
        catch (OverflowException)
        {
            Argument.RefuseSize(context);
        }
        state->Count += sign;
        state->Pointed += isWhole ? 0 : sign;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Sum(nint context)
    {
        var state = State<Numbers>(context, isNeeded: false);
        if (state == null || state->Count == 0)
            FunctionCalls.ResultNull(context);
        else
            Argument.Answer(context, state->Sum, isWhole: state->Pointed == 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Average(nint context)
    {
        var state = State<Numbers>(context, isNeeded: false);
        if (state == null || state->Count == 0)
            FunctionCalls.ResultNull(context);
        else
            FunctionCalls.ResultDouble(context, (double)(state->Sum / state->Count));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void SpanStep(nint context, int count, nint* values) => TakeSpan(context, values[0], sign: 1);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void SpanLeave(nint context, int count, nint* values) => TakeSpan(context, values[0], sign: -1);

    static void TakeSpan(nint context, nint value, int sign)
    {
        if (Argument.IsNull(value))
            return;
        var state = State<Spans>(context, isNeeded: true);
        if (state == null || !SpanText.TryRead(Argument.Text(value), out var span))
        {
            Argument.RefuseSpan(context);
            return;
        }
        state->Ticks += sign * (decimal)span.Ticks;
        state->Count += sign;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void SpanSum(nint context)
    {
        var state = State<Spans>(context, isNeeded: false);
        if (state == null || state->Count == 0)
            FunctionCalls.ResultNull(context);
        else
            Answer(context, state->Ticks);
    }

    internal static void Answer(nint context, decimal ticks)
    {
        if (ticks < long.MinValue || ticks > long.MaxValue)
        {
            Argument.RefuseSize(context);
            return;
        }
        Span<byte> text = stackalloc byte[ValueText.MaxSpan];
        Argument.Answer(context, text[..ValueText.Format(new TimeSpan((long)ticks), text)]);
    }
}
