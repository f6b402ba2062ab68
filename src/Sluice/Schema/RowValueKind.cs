namespace Sluice;

/// <summary>How the value of a property is handed to a sink and taken from a reader.</summary>
enum RowValueKind
{
    /// <summary>The sink has a method for the type itself.</summary>
    Direct,

    /// <summary>A whole number that a long holds.</summary>
    Whole,
    Enum,
    Array,
    List,

    /// <summary>JSON, which databases exchange as text.</summary>
    Json,

    /// <summary>A type that only a database's driver knows.</summary>
    Other,
}
