using System.Diagnostics.CodeAnalysis;

namespace Sluice;

/// <summary>A column of a table: its name, its type and the rules for its values.</summary>
public sealed class Column
{
    internal Column(string name, SqlType type, Type clrType)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Type = type;
        ClrType = clrType;
    }

    /// <summary>The name as the database has it, without quotes.</summary>
    public string Name { get; }

    /// <summary>The type of the column's values in the database.</summary>
    public SqlType Type { get; }

    /// <summary>The .NET type of the column's values that are not null.</summary>
    public Type ClrType { get; }

    /// <summary>Whether a value may be null.</summary>
    /// <value>False.</value>
    public bool IsNullable { get; internal set; }

    /// <summary>Who supplies the value of a new row.</summary>
    /// <value><see cref="Generated.Never"/>.</value>
    public Generated Generated { get; internal set; }

    /// <summary>The default as an SQL expression, or null for none.</summary>
    public string? Default { get; internal set; }

    /// <summary>Which of its values a key takes for one.</summary>
    /// <value><see cref="KeyForm.Exact"/>.</value>
    public KeyForm KeyForm { get; internal set; }

    /// <summary>Makes the column object for a type that is only known at run time, as when it was read from a catalog.</summary>
    /// <param name="template">A column of any .NET type with the name and the rules to copy.</param>
    public static Column For(Column template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return new Column(template.Name, template.Type, ClrTypeOf(template.Type.Kind))
        {
            IsNullable = template.IsNullable,
            Generated = template.Generated,
            Default = template.Default,
            KeyForm = template.KeyForm,
        };
    }

    static Type ClrTypeOf(SqlTypeKind kind) => kind switch
    {
        SqlTypeKind.Boolean => typeof(bool),
        SqlTypeKind.SmallInt => typeof(short),
        SqlTypeKind.Integer => typeof(int),
        SqlTypeKind.BigInt => typeof(long),
        SqlTypeKind.Real => typeof(float),
        SqlTypeKind.Double => typeof(double),
        SqlTypeKind.Numeric => typeof(decimal),
        SqlTypeKind.Bytes => typeof(byte[]),
        SqlTypeKind.Uuid => typeof(Guid),
        SqlTypeKind.Date => typeof(DateOnly),
        SqlTypeKind.Time => typeof(TimeOnly),
        SqlTypeKind.TimeTz or SqlTypeKind.TimestampTz => typeof(DateTimeOffset),
        SqlTypeKind.Timestamp => typeof(DateTime),
        SqlTypeKind.Interval => typeof(TimeSpan),
        SqlTypeKind.Array or SqlTypeKind.Other => typeof(object),
        _ => typeof(string),
    };

    /// <summary>Whether another object describes a column of the same name, type and rules.</summary>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj)
        || (obj is Column other && Name == other.Name && Type == other.Type && ClrType == other.ClrType && IsNullable == other.IsNullable
            && Generated == other.Generated && Default == other.Default && KeyForm == other.KeyForm);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The column's name.</summary>
    [ExcludeFromCodeCoverage]
    public override string ToString() => Name;
}
