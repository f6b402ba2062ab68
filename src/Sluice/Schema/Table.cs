using System.Diagnostics.CodeAnalysis;
using Sluice.Statements;

namespace Sluice;

/// <summary>A table: its name, its columns and its keys.</summary>
/// <remarks>
/// The same kind of object whether it was generated from a row type, described by reflection or read from a database's catalog.
/// It holds no connection and can be shared between threads.
/// </remarks>
public class Table : SqlFrom
{
    readonly Dictionary<string, Column> _byName;

    /// <summary>Describes a table.</summary>
    /// <param name="name">The name, without quotes.</param>
    /// <param name="schema">The schema, without quotes, or null for the connection's default.</param>
    /// <param name="columns">The columns, in the order that loads and new tables use.</param>
    /// <param name="primaryKey">
    /// The positions in <paramref name="columns"/> of the primary key's columns, in the key's order; empty for none.
    /// </param>
    /// <exception cref="ArgumentException">Two columns have the same name, or there is no column.</exception>
    /// <param name="alias">Another name for the table in one statement, or null for its own.</param>
    public Table(string name, string? schema, IReadOnlyList<Column> columns, IReadOnlyList<int> primaryKey, string? alias = null)
        : base(new FromId(schema, name, alias))
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(primaryKey);
        if (columns.Count == 0)
            throw new ArgumentException($"Table '{name}' has no columns; describe at least one.", nameof(columns));
        Name = name;
        Schema = schema;
        Columns = columns;
        PrimaryKey = [.. primaryKey.Select(i => columns[i])];
        _byName = new Dictionary<string, Column>(columns.Count, StringComparer.Ordinal);
        foreach (var column in columns)
        {
            if (!_byName.TryAdd(column.Name, column))
                throw new ArgumentException($"Table '{name}' has two columns named '{column.Name}'; name each once.", nameof(columns));
        }
    }

    /// <summary>The name, without quotes.</summary>
    public string Name { get; }

    /// <summary>The schema, without quotes, or null for the connection's default.</summary>
    public string? Schema { get; }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The columns of the primary key, in the key's order; empty for none.</summary>
    public IReadOnlyList<Column> PrimaryKey { get; }

    /// <summary>
    /// Every unique key that the catalog reported, the primary one among them; of a table that was only described, those besides the
    /// primary one.
    /// </summary>
    public IReadOnlyList<UniqueKey> UniqueKeys { get; init; } = [];

    /// <summary>The foreign keys.</summary>
    public IReadOnlyList<ForeignKey> ForeignKeys { get; init; } = [];

    /// <summary>The conditions that every row meets.</summary>
    public IReadOnlyList<CheckConstraint> Checks { get; init; } = [];

    /// <summary>What the database says of the table beyond columns and keys.</summary>
    public TableTraits Traits { get; init; }

    /// <summary>
    /// What the database had for the table's definition when it described it: another value says that it has changed since. Null where it
    /// does not tell.
    /// </summary>
    public string? Version { get; init; }

    /// <summary>The name with its schema, as messages print it.</summary>
    public string QualifiedName => Schema is null ? Name : $"{Schema}.{Name}";

    /// <summary>The name that one statement has for the table, or null for its own.</summary>
    public string? Alias => Id.Alias;

    /// <summary>A column of this table, for use in statements.</summary>
    /// <typeparam name="T">The .NET type of its values.</typeparam>
    /// <exception cref="ArgumentException">The table has no such column.</exception>
    public Column<T> Column<T>(string name) => new(this, Find(name));

    /// <summary>The same table under another name, as a statement needs that reads it twice.</summary>
    public Table As(string alias)
    {
        ArgumentException.ThrowIfNullOrEmpty(alias);
        return new Table(Name, Schema, Columns, [.. PrimaryKey.Select(IndexOf)], alias) { UniqueKeys = UniqueKeys, ForeignKeys = ForeignKeys, Traits = Traits, Version = Version };
    }

    /// <summary>The column of this table at a position, for generated code.</summary>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    protected Column<T> Typed<T>(int index) => new(this, Columns[index]);

    internal override IReadOnlyList<(string Name, SqlType? Type)> OutputColumns => [.. Columns.Select(c => (c.Name, (SqlType?)c.Type))];

    internal override FromNode FromNode => new TableFrom(Id, this);

    int IndexOf(Column column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (ReferenceEquals(Columns[i], column))
                return i;
        }
        return -1;
    }

    Column Find(string name) => TryGetColumn(name, out var column)
        ? column
        : throw new ArgumentException($"Table '{QualifiedName}' has no column '{name}'; it has {string.Join(", ", Columns.Select(c => $"'{c.Name}'"))}.", nameof(name));

    /// <summary>Finds a column by its exact name.</summary>
    public bool TryGetColumn(string name, [NotNullWhen(true)] out Column? column) => _byName.TryGetValue(name, out column);

    /// <summary>Finds a column by its exact name, or by the only name that differs from it in case alone.</summary>
    [Experimental(ExperimentalFor.Providers)]
    public Column? FindColumn(string name)
    {
        if (TryGetColumn(name, out var column))
            return column;
        var alike = Columns.Where(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return alike.Count == 1 ? alike[0] : null;
    }

    /// <summary>Describes the table of a row type: the generated description where there is one, else one made by reflection.</summary>
    /// <typeparam name="T">A class, record or struct with public properties.</typeparam>
    /// <exception cref="BulkPlanException">A property has a type that no column holds, or nothing is left to map.</exception>
    public static Table<T> For<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] T>() =>
        TableRegistry.Find<T>() ?? ReflectedTable.Make<T>();

    /// <summary>Whether another object describes a table of the same name, columns, keys and traits.</summary>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj)
        || (obj is Table other && Id == other.Id && Traits == other.Traits && Version == other.Version
            && Columns.SequenceEqual(other.Columns) && PrimaryKey.SequenceEqual(other.PrimaryKey)
            && UniqueKeys.SequenceEqual(other.UniqueKeys) && ForeignKeys.SequenceEqual(other.ForeignKeys)
                && Checks.SequenceEqual(other.Checks));

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>The table's name with its schema.</summary>
    public override string ToString() => QualifiedName;
}
