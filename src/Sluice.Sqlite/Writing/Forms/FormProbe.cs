using System.Text;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Schema;
using Sluice.Sqlite.Values;

namespace Sluice.Sqlite.Writing.Forms;

/// <summary>The form of the text that stands for a unique identifier.</summary>
enum GuidForm
{
    Unknown,

    /// <summary>As Microsoft.Data.Sqlite stores it.</summary>
    Capitals,

    Small,

    Bytes,
}

/// <summary>The form of the text that stands for an exact number.</summary>
enum NumberForm
{
    Unknown,

    /// <summary>With a point always, as Microsoft.Data.Sqlite stores a decimal: 5.0.</summary>
    Pointed,

    /// <summary>Whole numbers by their digits: 5.</summary>
    Digits,
}

/// <summary>
/// Looks at what a column holds. Some rows are enough: a form that only a few of many have is found where an index leads to it.
/// </summary>
static class FormProbe
{
    const int Sample = 256;

    /// <exception cref="Sluice.Providers.LoadFault">A key holds them in several forms.</exception>
    internal static GuidForm OfGuids(SqliteHandle db, Table table, Column column, bool isKey)
    {
        var forms = Values(db, table, column, "IS NOT NULL", Sample).ConvertAll(value => FormOf(value));
        if (isKey)
        {
            forms.AddRange(Values(db, table, column, ">= 'A' AND {0} < 'G'", 1).ConvertAll(value => FormOf(value)));
            forms.AddRange(Values(db, table, column, ">= 'a' AND {0} < 'g'", 1).ConvertAll(value => FormOf(value)));
            forms.AddRange(Values(db, table, column, ">= x''", 1).ConvertAll(value => FormOf(value)));
        }
        var known = forms.OfType<GuidForm>().Where(form => form is not GuidForm.Unknown).Distinct().ToList();
        if (isKey && (known.Count > 1 || forms.Contains(null)))
            throw ValueProblems.MixedForms(table, column, "identifiers", "UPDATE … SET column = upper(column)");
        return known.Count == 0 ? GuidForm.Unknown : known[0];
    }

    // Null for a form that nobody looks up; unknown for what has no letter, and for what is no identifier.
    static GuidForm? FormOf((string Type, string Text) value)
    {
        if (value.Type is "blob")
            return value.Text.Length == 32 ? GuidForm.Bytes : GuidForm.Unknown;
        if (!Guid.TryParse(value.Text, out _))
            return GuidForm.Unknown;
        if (!Guid.TryParseExact(value.Text, "D", out _))
            return null;
        var (capital, small) = (value.Text.Any(char.IsAsciiLetterUpper), value.Text.Any(char.IsAsciiLetterLower));
        return capital && small ? null : capital ? GuidForm.Capitals : small ? GuidForm.Small : GuidForm.Unknown;
    }

    /// <exception cref="Sluice.Providers.LoadFault">The key holds them in several forms.</exception>
    internal static NumberForm OfNumbers(SqliteHandle db, Table table, Column column)
    {
        var forms = Values(db, table, column, "IS NOT NULL", Sample).ConvertAll(value => FormOf(value.Text));
        var known = forms.OfType<NumberForm>().Where(form => form is not NumberForm.Unknown).Distinct().ToList();
        if (known.Count > 1 || forms.Contains(null))
            throw ValueProblems.MixedForms(table, column, "exact numbers", "5, or 5.0, for every whole number, and no closing zeros");
        return known.Count == 0 ? NumberForm.Unknown : known[0];
    }

    static NumberForm? FormOf(string text)
    {
        if (!decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _))
            return NumberForm.Unknown;
        Span<byte> utf8 = stackalloc byte[NumberText.Longest];
        // Beyond what a decimal holds there is one form only.
        if (text.Length > NumberText.Longest || !NumberText.TryRead(Encoding.UTF8.GetBytes(text), out var number))
            return NumberForm.Unknown;
        var isPointed = text == Encoding.UTF8.GetString(utf8[..NumberText.Format(number, isWhole: false, utf8)]);
        var isDigits = text == Encoding.UTF8.GetString(utf8[..NumberText.Format(number, isWhole: true, utf8)]);
        return isPointed && isDigits ? NumberForm.Unknown : isPointed ? NumberForm.Pointed : isDigits ? NumberForm.Digits : null;
    }

    static List<(string Type, string Text)> Values(SqliteHandle db, Table table, Column column, string condition, int most)
    {
        var name = SqliteNames.Quote(column.Name);
        return db.Query(
            $"SELECT typeof({name}), CASE typeof({name}) WHEN 'blob' THEN hex({name}) ELSE {name} END FROM {SqliteNames.Quote(table.Name, table.Schema)} "
            + $"WHERE {name} {condition.Replace("{0}", name, StringComparison.Ordinal)} LIMIT {most}",
            row => (row.Text(0), row.Text(1)));
    }
}
