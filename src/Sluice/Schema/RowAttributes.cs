using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice;

/// <summary>
/// Says of which table a type is a row, as <see cref="TableAttribute"/> does, which the base library allows on classes only.
/// </summary>
/// <param name="name">The table's name, without quotes.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class RowOfAttribute(string name) : TableAttribute(name);

/// <summary>Gives a column of a new table a default.</summary>
/// <remarks>Rows bring their own values; it serves statements that leave the column out.</remarks>
/// <param name="sql">
/// An SQL expression, as <c>now()</c> or <c>'new'</c>, in words that the database knows; <c>now()</c> is translated for each.
/// </param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DefaultAttribute(string sql) : Attribute
{
    /// <summary>The SQL expression.</summary>
    public string Sql { get; } = sql;
}

/// <summary>
/// Says that a column's values occur once in a new table; with the same name on several columns, that their values together do.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UniqueAttribute : Attribute
{
    /// <summary>The constraint's name.</summary>
    /// <value>
    /// Null: the table's and the column's names and "key" with underscores between, cut and numbered where that is longer than databases
    /// keep.
    /// </value>
    public string? Name { get; init; }
}

/// <summary>A condition that every row of a new table must meet.</summary>
/// <param name="condition">In SQL, with the columns' names.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class CheckAttribute(string condition) : Attribute
{
    /// <summary>The condition in SQL.</summary>
    public string Condition { get; } = condition;

    /// <summary>The constraint's name.</summary>
    /// <value>Null: the database's own choice.</value>
    public string? Name { get; init; }
}
