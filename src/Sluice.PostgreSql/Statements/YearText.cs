using System.Globalization;

namespace Sluice.PostgreSql.Statements;

/// <summary>The year of a day that is beyond .NET's calendar.</summary>
static class YearText
{
    const long DaysOfEra = 146_097;
    const int YearsOfEra = 400;

    /// <param name="days">From 2000-01-01.</param>
    internal static string Of(long days)
    {
        // Every 400 years the calendar repeats, so .NET tells the year of the same day in an era that it has. 2000 begins one.
        var era = (days / DaysOfEra) - (days % DaysOfEra < 0 ? 1 : 0);
        var year = DateOnly.FromDayNumber(new DateOnly(2000, 1, 1).DayNumber + (int)(days - (era * DaysOfEra))).Year + (era * YearsOfEra);
        // Before the year 1 is the year 1 BC.
        return year > 0 ? Text(year) : Text(1 - year) + " BC";
    }

    static string Text(long year) => year.ToString(CultureInfo.InvariantCulture);
}
