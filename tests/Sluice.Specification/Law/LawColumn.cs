namespace Sluice.Specification.Law;

/// <summary>What the values of a column are to the one who reads them.</summary>
public enum LawFamily
{
    Truth,
    Number,
    Text,
    Bytes,
    Uuid,
    Date,
    Time,
    ZonedTime,
    Timestamp,
    Span,
    Json,
    Label,
    Array,
    Anything,
}

/// <summary>A column of the matrix.</summary>
/// <param name="Type">As it is declared.</param>
/// <param name="Family">What its values are.</param>
/// <param name="Read">SQL that reads the stored value of column v without Sluice: a text that shows all of it, or what the raw driver gives.</param>
public sealed record LawColumn(string Type, LawFamily Family, string Read = "v")
{
    /// <summary>Whether numbers are binary ones, which print as the shortest digits that lead back to them.</summary>
    public bool IsFloat => Type is "real" or "double precision" or "REAL";

    /// <summary>Whether SQLite keeps every value as a text.</summary>
    public bool IsText => Type is "TEXT" or "DECIMAL_TEXT" || Type.StartsWith("VARCHAR", StringComparison.Ordinal);

    /// <summary>The table of the matrix with a column of this type.</summary>
    public string Table => "law_" + new string([.. Type.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
}
