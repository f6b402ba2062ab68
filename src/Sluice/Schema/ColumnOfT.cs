using Sluice.Schema;
using Sluice.Statements;

namespace Sluice;

/// <summary>A column whose values are of one .NET type, as statements use it.</summary>
/// <typeparam name="T">The type of a value that is not null; whether nulls occur is <see cref="IsNullable"/>.</typeparam>
/// <remarks>Belongs to the table that it was given to; what the database says of it is <see cref="Description"/>.</remarks>
public sealed class Column<T> : SqlExpr<T>
{
    readonly SqlFrom? _from;

    /// <summary>Describes a column.</summary>
    /// <param name="name">The name as the database has it, without quotes.</param>
    /// <param name="type">The type of the values in the database.</param>
    public Column(string name, SqlType type)
        : base(null, type) => Description = new Column(name, type, typeof(T));

    internal Column(SqlFrom from, Column description)
        : base(new ColumnNode(from.Id, description.Name, description.Type), description.Type)
    {
        _from = from;
        Description = description;
    }

    /// <summary>The column's name, type and rules.</summary>
    public Column Description { get; }

    /// <inheritdoc cref="Column.Name"/>
    public string Name => Description.Name;

    /// <inheritdoc cref="Column.IsNullable"/>
    public bool IsNullable
    {
        get => Description.IsNullable;
        init => Description.IsNullable = value;
    }

    /// <inheritdoc cref="Column.Generated"/>
    public Generated Generated
    {
        get => Description.Generated;
        init => Description.Generated = value;
    }

    /// <inheritdoc cref="Column.KeyForm"/>
    public KeyForm KeyForm
    {
        get => Description.KeyForm;
        init => Description.KeyForm = value;
    }

    /// <inheritdoc cref="Column.Default"/>
    public string? Default
    {
        get => Description.Default;
        init => Description.Default = value;
    }

    /// <summary>What the column was taken from; null where it belongs to no table yet.</summary>
    internal FromId? From => _from?.Id;

    internal override ExprNode Node => _from is null ? throw SchemaProblems.ColumnWithoutTable(Name) : base.Node;

    /// <summary>The description of the column.</summary>
    public static implicit operator Column(Column<T> column) => (column ?? throw new ArgumentNullException(nameof(column))).Description;

    /// <summary>The column's name.</summary>
    public override string ToString() => Name;
}
