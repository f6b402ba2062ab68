namespace Sluice;

/// <summary>Gives a column of a new table a default.</summary>
/// <remarks>Rows bring their own values; it serves statements that leave the column out.</remarks>
/// <param name="sql">An SQL expression, as <c>now()</c> or <c>'new'</c>, in words that the database knows; <c>now()</c> is translated for each.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DefaultAttribute(string sql) : Attribute
{
    /// <summary>The SQL expression.</summary>
    public string Sql { get; } = sql;
}
