using System.Buffers;
using System.Text.Unicode;
using Sluice.Sqlite.Schema;
using Sluice.Sqlite.Values;
using Sluice.Sqlite.Writing.Forms;

namespace Sluice.Sqlite.Writing;

/// <summary>Binds texts and identifiers.</summary>
static class BinderTexts
{
    /// <summary>An identifier, in the form of those that the column has.</summary>
    internal static void Uuid(this SqliteBinder binder, Guid value)
    {
        if (binder.Takes(Accepts.Uuid))
            binder.Identifier(value);
    }

    static void Identifier(this SqliteBinder binder, Guid value)
    {
        var form = binder.Forms.OfGuids(binder.Field);
        var room = binder.Room(ValueText.MaxUuid);
        if (form is GuidForm.Bytes)
        {
            value.TryWriteBytes(room);
            binder.BindBytes(16);
        }
        else if (form is GuidForm.Small && value.TryFormat(room, out var length, "D"))
        {
            binder.BindText(length);
        }
        else
        {
            binder.BindText(ValueText.Format(value, room));
        }
    }

    internal static void Text(this SqliteBinder binder, ReadOnlySpan<char> value)
    {
        if (!binder.Takes(Accepts.Text))
            return;
        if (binder.Accepted == (Accepts.Uuid | Accepts.Text) && Guid.TryParse(value, out var id))
        {
            binder.Identifier(id);
            return;
        }
        if (binder.Accepted == (Accepts.Timestamp | Accepts.Text) && binder.IsKey && TextRules.HasOffset(value))
            throw ValueProblems.OffsetInKey();
        if ((binder.Accepted & Accepts.Decimal) == 0 || binder.Accepted == Accepts.Anything)
            TextRules.Check(value, binder.Accepted);
        else if (binder.Accepted == (Accepts.Integer | Accepts.Real | Accepts.Decimal | Accepts.Text))
            TextRules.CheckNumber(value);
        if (binder.TurnsToNumbers)
            TextRules.CheckKept(value, binder.Accepted);
        var room = binder.Room(value.Length * 3);
        if (Utf8.FromUtf16(value, room, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
            throw ValueProblems.LoneSurrogate();
        if (room[..length].Contains((byte)0))
            throw ValueProblems.NulInText();
        if (binder.IsNumberKey && NumberText.TryRead(room[..length], out var number))
            binder.Number(number, room[..length].Contains((byte)'.') ? NumberForm.Pointed : NumberForm.Digits);
        else
            binder.BindText(length);
    }
}
