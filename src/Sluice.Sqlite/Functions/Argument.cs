using System.Globalization;
using SQLitePCL;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Values;

namespace Sluice.Sqlite.Functions;

/// <summary>What a function was given, and how it answers.</summary>
static unsafe class Argument
{
    // The library copies what it is given before the call returns: SQLITE_TRANSIENT.
    const nint Copied = -1;

    internal static int Type(nint value) => NativeCalls.ValueType(value);

    internal static bool IsNull(nint value) => Type(value) == raw.SQLITE_NULL;

    internal static bool IsText(nint value) => Type(value) == raw.SQLITE_TEXT;

    internal static ReadOnlySpan<byte> Text(nint value)
    {
        var text = NativeCalls.ValueText(value);
        return new(text, NativeCalls.ValueBytes(value));
    }

    /// <summary>The exact number that a value is.</summary>
    /// <param name="value">A number, or the text of one.</param>
    /// <param name="number">The number.</param>
    /// <param name="isWhole">Whether it has no point, as whole numbers are stored.</param>
    internal static bool TryNumber(nint value, out decimal number, out bool isWhole)
    {
        isWhole = false;
        switch (Type(value))
        {
            case raw.SQLITE_INTEGER:
                (number, isWhole) = (NativeCalls.ValueInt64(value), true);
                return true;
            case raw.SQLITE_FLOAT:
                return TryNumber(NativeCalls.ValueDouble(value), out number);
            case raw.SQLITE_TEXT:
                var text = Text(value);
                isWhole = text.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;
                return NumberText.TryRead(text, out number);
            default:
                number = 0;
                return false;
        }
    }

    /// <summary>The number that a floating-point one prints as.</summary>
    internal static bool TryNumber(double value, out decimal number) =>
        decimal.TryParse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    internal static void Answer(nint context, decimal number, bool isWhole)
    {
        Span<byte> text = stackalloc byte[NumberText.Longest];
        Answer(context, text[..NumberText.Format(number, isWhole, text)]);
    }

    internal static void Answer(nint context, ReadOnlySpan<byte> text)
    {
        fixed (byte* start = text.IsEmpty ? "\0"u8 : text)
            FunctionCalls.ResultText(context, start, text.Length, Copied);
    }

    /// <summary>Answers with what comes after every text.</summary>
    internal static void AnswerLast(nint context)
    {
        fixed (byte* start = "\0"u8)
            FunctionCalls.ResultBlob(context, start, 0, Copied);
    }

    internal static void Refuse(nint context, ReadOnlySpan<byte> message)
    {
        fixed (byte* start = message)
            FunctionCalls.ResultError(context, start, message.Length);
    }

    internal static void RefuseNumber(nint context) => Refuse(context, "a value is not a number of at most 28 digits"u8);

    internal static void RefuseSpan(nint context) => Refuse(context, "a value is not a span of time"u8);

    internal static void RefuseSize(nint context) => Refuse(context, "the result has more digits than an exact number can have"u8);
}
