namespace Sluice.Generators.Models;

/// <summary>How a value is handed to a sink and taken from a reader.</summary>
enum ValueKind
{
    /// <summary>The sink has a method for the type itself.</summary>
    Direct,

    /// <summary>A whole number that a long holds.</summary>
    Whole,
    Char,
    Bytes,
    ByteMemory,
    Enum,
    Array,
    List,
    JsonDocument,
    JsonElement,
    JsonNode,

    /// <summary>A type that only a database's driver knows.</summary>
    Other,
}
