using System.Buffers;
using System.Text.Unicode;
using Sluice.Rows;

namespace Sluice.PostgreSql.Encoding;

/// <summary>Texts, and what goes by its name, in COPY's binary format.</summary>
static class CopyTexts
{
    internal static void Text(this CopyEncoder encoder, in Slot slot, ReadOnlySpan<char> value)
    {
        var start = encoder.Length;
        switch (slot.Kind)
        {
            case SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char or SqlTypeKind.Json:
                encoder.Put(0);
                break;
            case SqlTypeKind.JsonB:
                // A version byte stands before the text: jsonb_recv in the server's jsonb.c.
                encoder.Put(0);
                encoder.Take(1) = 1;
                break;
            case SqlTypeKind.Enum:
                EnumLabels.Check(slot, value);
                encoder.Put(0);
                break;
            case SqlTypeKind.Numeric:
                encoder.NumericText(slot, value);
                return;
            case SqlTypeKind.Date when EdgeText.TryRead(slot.Kind, value, out var days):
                encoder.PutValue((int)days);
                return;
            case SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz when EdgeText.TryRead(slot.Kind, value, out var microseconds):
                encoder.PutValue(microseconds);
                return;
            default:
                throw ValueProblems.ValueKind("text", slot);
        }
        var room = encoder.Room(value.Length * 3);
        // The length is patched afterwards: one pass over the text instead of two.
        if (Utf8.FromUtf16(value, room, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
            throw ValueProblems.LoneSurrogate();
        var bytes = room[..length];
        if (bytes.Contains((byte)0))
            throw ValueProblems.NulInText();
        if (length > slot.Length)
            TextRules.CheckLength(slot, bytes);
        encoder.Used(length);
        encoder.Patch(start, encoder.Length - start - 4);
    }

    internal static void Enum<TEnum>(this CopyEncoder encoder, in Slot slot, TEnum value)
        where TEnum : struct, Enum
    {
        if (slot.Kind is SqlTypeKind.Enum)
            encoder.Text(slot, EnumLabels.LabelOf(slot, value));
        else if (slot.Kind is SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char)
            encoder.Text(slot, EnumLabels.NameOf(value));
        else if (EnumNames.AreUnsigned<TEnum>())
            encoder.Unsigned(slot, (ulong)EnumNames.NumberOf(value));
        else
            encoder.Integer(slot, EnumNames.NumberOf(value));
    }
}
