using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Reflection;

namespace Sluice;

/// <summary>A public property of a row type with what its attributes say. The row generator follows the same rules.</summary>
sealed class RowMember
{
    readonly ColumnAttribute? _column;

    internal RowMember(PropertyInfo property, ParameterInfo? parameter)
    {
        Property = property;
        _column = property.GetCustomAttribute<ColumnAttribute>(inherit: false);
        IsKey = property.IsDefined(typeof(KeyAttribute), inherit: false);
        IsNotMapped = property.IsDefined(typeof(NotMappedAttribute), inherit: false);
        InverseOf = property.GetCustomAttribute<InversePropertyAttribute>(inherit: false)?.Property;
        ForeignKey = property.GetCustomAttribute<ForeignKeyAttribute>(inherit: false)?.Name;
        // [MaxLength] and [Required] on a record's parameter stay on the parameter unless the user writes "property:".
        IsRequired = property.IsDefined(typeof(RequiredAttribute), inherit: false)
            || parameter?.IsDefined(typeof(RequiredAttribute)) == true;
        MaxLength = LengthOf(property) ?? (parameter is null ? null : LengthOf(parameter)) ?? 0;
        Generated = property.GetCustomAttribute<DatabaseGeneratedAttribute>(inherit: false)?.DatabaseGeneratedOption switch
        {
            DatabaseGeneratedOption.Identity => Generated.ByDefault,
            DatabaseGeneratedOption.Computed => Generated.Computed,
            _ => Generated.Never,
        };
    }

    internal PropertyInfo Property { get; }

    internal string Name => Property.Name;

    /// <summary>The type of a value that is not null.</summary>
    internal Type ValueType => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    internal string ColumnName => _column?.Name is { Length: > 0 } name ? name : SnakeCase.Of(Name);

    internal string? TypeName => _column?.TypeName is { Length: > 0 } name ? name : null;

    // A column without an order stands after those with one, as Entity Framework has it; the attribute answers -1 where it was not set.
    internal int Order => _column is { Order: >= 0 } ? _column.Order : int.MaxValue;

    internal bool IsKey { get; }

    internal bool IsNotMapped { get; }

    internal bool IsRequired { get; }

    /// <summary>The property of the other type that stands for the same foreign key, where an attribute names it.</summary>
    internal string? InverseOf { get; }

    internal string? ForeignKey { get; }

    internal int MaxLength { get; }

    internal Generated Generated { get; }

    internal string? Default => Property.GetCustomAttribute<DefaultAttribute>(inherit: false)?.Sql;

    internal UniqueAttribute? Unique => Property.GetCustomAttribute<UniqueAttribute>(inherit: false);

    internal bool IsDeclaredColumn => _column is not null || IsKey || ForeignKey is not null;

    internal bool IsSettable => Property.GetSetMethod(nonPublic: true) is not null;

    /// <summary>Whether the property itself may be null.</summary>
    internal bool CanBeNull =>
        Nullable.GetUnderlyingType(Property.PropertyType) is not null
            || (!Property.PropertyType.IsValueType && !NullableAnnotation.IsNotNull(Property));

    internal SqlType SqlType =>
        TypeName is { } name ? SqlType.For(ValueType, name)
        : MaxLength > 0 && ValueType == typeof(string) ? SqlType.VarChar(MaxLength)
        : SqlType.For(ValueType);

    internal string Origin(Type row) => $"{row.Name}.{Name}";

    static int? LengthOf(ICustomAttributeProvider target) =>
        target.GetCustomAttributes(typeof(MaxLengthAttribute), inherit: false) is [MaxLengthAttribute most, ..] ? most.Length
        : target.GetCustomAttributes(typeof(StringLengthAttribute), inherit: false) is [StringLengthAttribute length, ..] ? length.MaximumLength
        : null;
}
