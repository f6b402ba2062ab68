using System.Diagnostics.CodeAnalysis;

namespace Sluice.Schema;

/// <summary>A column of a table: its name, its type and the rules for its values.</summary>
public abstract class Column
{
    private protected Column(string name, SqlType type)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Type = type;
    }

    /// <summary>The name as the database has it, without quotes.</summary>
    public string Name { get; }

    /// <summary>The type of the column's values in the database.</summary>
    public SqlType Type { get; }

    /// <summary>The .NET type of the column's values that are not null.</summary>
    public abstract Type ClrType { get; }

    /// <summary>Whether a value may be null.</summary>
    /// <value>False.</value>
    public bool IsNullable { get; init; }

    /// <summary>Who supplies the value of a new row.</summary>
    /// <value><see cref="Generated.Never"/>.</value>
    public Generated Generated { get; init; }

    /// <summary>The default as an SQL expression, or null for none.</summary>
    public string? Default { get; init; }

    /// <summary>Makes the column object for a type that is only known at run time, as when it was read from a catalog.</summary>
    /// <param name="template">A column of any .NET type with the name and the rules to copy.</param>
    public static Column For(Column template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return template.Type.Kind switch
        {
            SqlTypeKind.Boolean => Of<bool>(template),
            SqlTypeKind.SmallInt => Of<short>(template),
            SqlTypeKind.Integer => Of<int>(template),
            SqlTypeKind.BigInt => Of<long>(template),
            SqlTypeKind.Real => Of<float>(template),
            SqlTypeKind.Double => Of<double>(template),
            SqlTypeKind.Numeric => Of<decimal>(template),
            SqlTypeKind.Bytes => Of<byte[]>(template),
            SqlTypeKind.Uuid => Of<Guid>(template),
            SqlTypeKind.Date => Of<DateOnly>(template),
            SqlTypeKind.Time => Of<TimeOnly>(template),
            SqlTypeKind.TimeTz or SqlTypeKind.TimestampTz => Of<DateTimeOffset>(template),
            SqlTypeKind.Timestamp => Of<DateTime>(template),
            SqlTypeKind.Interval => Of<TimeSpan>(template),
            SqlTypeKind.Array or SqlTypeKind.Other => Of<object>(template),
            _ => Of<string>(template),
        };
    }

    static Column<T> Of<T>(Column template) => new(template.Name, template.Type)
    {
        IsNullable = template.IsNullable,
        Generated = template.Generated,
        Default = template.Default,
    };

    /// <summary>The column's name.</summary>
    [ExcludeFromCodeCoverage]
    public override string ToString() => Name;
}
