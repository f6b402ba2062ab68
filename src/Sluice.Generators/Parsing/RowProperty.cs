using Microsoft.CodeAnalysis;

namespace Sluice.Generators.Parsing;

/// <summary>A public property of a row type with what its attributes say. Lives only while a type is parsed.</summary>
sealed class RowProperty(IPropertySymbol symbol, AttributeList attributes)
{
    readonly AttributeData? _column = attributes.Find(AttributeNames.Column);

    internal IPropertySymbol Symbol => symbol;

    internal string Name => symbol.Name;

    internal string ColumnName => AttributeList.Argument(_column) as string is { Length: > 0 } name ? name : SnakeCase.Of(symbol.Name);

    internal string? TypeName => AttributeList.Named(_column, "TypeName") as string is { Length: > 0 } name ? name : null;

    // A column without an order stands after those with one, as Entity Framework has it.
    internal int Order => AttributeList.Named(_column, "Order") as int? ?? int.MaxValue;

    internal bool IsKey { get; } = attributes.Has(AttributeNames.Key);

    internal bool IsNotMapped { get; } = attributes.Has(AttributeNames.NotMapped);

    internal bool IsRequired { get; } = attributes.Has(AttributeNames.Required);

    internal bool IsInverse { get; } = attributes.Has(AttributeNames.InverseProperty);

    /// <summary>The property of the other type that stands for the same foreign key, where an attribute names it.</summary>
    internal string? InverseOf { get; } = AttributeList.Argument(attributes.Find(AttributeNames.InverseProperty)) as string;

    internal string? ForeignKey { get; } = AttributeList.Argument(attributes.Find(AttributeNames.ForeignKey)) as string;

    internal int MaxLength { get; } =
        AttributeList.Argument(attributes.Find(AttributeNames.MaxLength)) as int?
        ?? AttributeList.Argument(attributes.Find(AttributeNames.StringLength)) as int?
        ?? 0;

    /// <summary>The member of Sluice.Generated: the attribute's None, Identity and Computed are 0, 1 and 2.</summary>
    internal string Generated { get; } = (AttributeList.Argument(attributes.Find(AttributeNames.DatabaseGenerated)) as int?) switch
    {
        1 => "ByDefault",
        2 => "Computed",
        _ => "Never",
    };

    internal string? Default { get; } = AttributeList.Argument(attributes.Find(AttributeNames.Default)) as string;

    internal bool IsUnique { get; } = attributes.Has(AttributeNames.Unique);

    internal string? UniqueName { get; } = AttributeList.Named(attributes.Find(AttributeNames.Unique), "Name") as string;

    internal bool IsDeclaredColumn => _column is not null || IsKey || ForeignKey is not null;
}
