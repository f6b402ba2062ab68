using System.Globalization;
using Sluice.Sqlite.Functions;
using Sluice.Sqlite.Schema;
using Sluice.Sqlite.Values;
using Sluice.Sqlite.Writing.Forms;

namespace Sluice.Sqlite.Writing;

/// <summary>Binds numbers.</summary>
static class BinderNumbers
{
    // A double holds every whole number up to this one.
    const long LargestInDouble = 1L << 53;

    internal static void Integer(this SqliteBinder binder, long value, Accepts kind)
    {
        if (!binder.Takes(kind))
            return;
        if (binder.IsNumberKey)
        {
            binder.Number(value, NumberForm.Digits);
            return;
        }
        if (value is > LargestInDouble or < -LargestInDouble)
            binder.CheckExact(value);
        binder.BindInteger(value);
    }

    /// <summary>A number above the largest of 64 bits with a sign: its digits, where the column keeps them.</summary>
    internal static void Unsigned(this SqliteBinder binder, ulong value)
    {
        if (!binder.Takes(Accepts.Integer))
            return;
        if (binder.IsNumberKey)
        {
            binder.Number(value, NumberForm.Digits);
            return;
        }
        if (binder.Affinity is Affinity.Real)
            throw ValueProblems.NotExact();
        if (binder.Affinity is not Affinity.Text)
        {
            // Its bits, as Microsoft.Data.Sqlite stores and reads them.
            binder.BindInteger(unchecked((long)value));
            return;
        }
        var room = binder.Room(20);
        value.TryFormat(room, out var length, default, CultureInfo.InvariantCulture);
        binder.BindText(length);
    }

    static void CheckExact(this SqliteBinder binder, long value)
    {
        var isReal = binder.Accepted == (Accepts.Real | Accepts.Integer | Accepts.Decimal) && !binder.TurnsToNumbers;
        if (isReal && (Int128)(double)value != value)
            throw ValueProblems.NotExact();
    }

    internal static void Real(this SqliteBinder binder, double value)
    {
        if (!binder.Takes(Accepts.Real))
            return;
        if (double.IsNaN(value))
            throw ValueProblems.NaN();
        if (binder.IsNumberKey && Argument.TryNumber(value, out var number))
        {
            binder.Number(number, NumberForm.Pointed);
            return;
        }
        if ((binder.Accepted & (Accepts.Real | Accepts.Boolean)) == (Accepts.Real | Accepts.Boolean) && binder.Accepted != Accepts.Anything)
            CheckWhole(value);
        binder.BindReal(value);
    }

    static void CheckWhole(double value)
    {
        if (value is < -9_223_372_036_854_775_808.0 or >= 9_223_372_036_854_775_808.0)
            throw ValueProblems.OutOfRange();
        if (value != Math.Truncate(value))
            throw ValueProblems.FractionInInteger();
    }

    internal static void Decimal(this SqliteBinder binder, decimal value)
    {
        if (!binder.Takes(Accepts.Decimal))
            return;
        if (binder.TurnsToNumbers)
        {
            // From text SQLite would make a whole number only by way of a floating-point one, which loses digits.
            if (DecimalRules.IsInteger(value))
            {
                binder.BindInteger((long)value);
                return;
            }
            DecimalRules.Check(value, wholeOnly: (binder.Accepted & Accepts.Boolean) != 0 && binder.Accepted != Accepts.Anything);
        }
        if (binder.Affinity is Affinity.Text && binder.Forms.IsKey(binder.Field))
            binder.Number(value, NumberForm.Pointed);
        else
            binder.BindText(NumberText.Format(value, isWhole: false, binder.Room(NumberText.Longest)));
    }

    /// <summary>An exact number as a text, in the form that the key's other numbers have.</summary>
    internal static void Number(this SqliteBinder binder, decimal value, NumberForm own) =>
        binder.BindText(NumberText.Format(value, binder.Forms.OfNumbers(binder.Field, own) is NumberForm.Digits, binder.Room(NumberText.Longest)));
}
