using Microsoft.CodeAnalysis;
using Sluice.Generators.Models;

namespace Sluice.Generators.Parsing;

/// <summary>Which types a column can hold.</summary>
static class ValueTypes
{
    // Types of these namespaces are written by the driver, which alone knows what they mean.
    static readonly string[] s_driverNamespaces = ["System.Net", "System.Net.NetworkInformation", "NodaTime", "NetTopologySuite.Geometries"];

    static readonly HashSet<string> s_direct = new(StringComparer.Ordinal)
    {
        "System.Guid", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.TimeSpan",
    };

    static readonly HashSet<string> s_jsonNodes = new(StringComparer.Ordinal)
    {
        "System.Text.Json.Nodes.JsonNode", "System.Text.Json.Nodes.JsonObject", "System.Text.Json.Nodes.JsonArray", "System.Text.Json.Nodes.JsonValue",
    };

    internal static ValueModel? Of(ITypeSymbol type)
    {
        var nullable = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        var value = nullable ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        if (Collection(value) is { } collection)
            return collection with { IsNullableValue = nullable };
        return Scalar(value) is { } kind ? new ValueModel(kind, Names.Full(value), value.IsValueType, nullable, EnumNumber: EnumNumber(value)) : null;
    }

    static ValueModel? Collection(ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte }:
                return null;
            case IArrayTypeSymbol { Rank: 1 } array:
                return Of(type, ValueKind.Array, array.ElementType);
            case INamedTypeSymbol { Name: "List", TypeArguments.Length: 1 } list when Names.Plain(list).StartsWith("System.Collections.Generic.List<", StringComparison.Ordinal):
                return Of(type, ValueKind.List, list.TypeArguments[0]);
            default:
                return null;
        }
    }

    static ValueModel? Of(ITypeSymbol type, ValueKind kind, ITypeSymbol element)
    {
        var inner = Of(element);
        return inner?.Kind switch
        {
            ValueKind.Direct or ValueKind.Whole or ValueKind.Char or ValueKind.Bytes or ValueKind.Enum =>
                new ValueModel(kind, Names.Full(type), IsValueType: false, IsNullableValue: false, inner.Declared, inner.EnumNumber),
            ValueKind.Other => new ValueModel(ValueKind.Other, Names.Full(type), IsValueType: false, IsNullableValue: false),
            _ => null,
        };
    }

    static ValueKind? Scalar(ITypeSymbol type)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
                or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64:
                return ValueKind.Whole;
            case SpecialType.System_Boolean or SpecialType.System_UInt64 or SpecialType.System_Single or SpecialType.System_Double
                or SpecialType.System_Decimal or SpecialType.System_String or SpecialType.System_DateTime:
                return ValueKind.Direct;
            case SpecialType.System_Char:
                return ValueKind.Char;
            case not SpecialType.None:
                return null;
        }
        return type switch
        {
            { TypeKind: TypeKind.Enum } => ValueKind.Enum,
            IArrayTypeSymbol { Rank: > 1 } => ValueKind.Other,
            IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } => ValueKind.Bytes,
            INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } named => ByName(named),
            _ => null,
        };
    }

    static ValueKind? ByName(INamedTypeSymbol type)
    {
        var name = Names.Plain(type);
        if (s_direct.Contains(name))
            return ValueKind.Direct;
        if (s_jsonNodes.Contains(name))
            return ValueKind.JsonNode;
        return name switch
        {
            "System.ReadOnlyMemory<byte>" or "System.Memory<byte>" => ValueKind.ByteMemory,
            "System.Text.Json.JsonDocument" => ValueKind.JsonDocument,
            "System.Text.Json.JsonElement" => ValueKind.JsonElement,
            "System.Numerics.BigInteger" or "System.Collections.BitArray" => ValueKind.Other,
            _ => IsOfDriver(Names.Plain(type.ContainingNamespace)) ? ValueKind.Other : null,
        };
    }

    // Drivers keep types of their own in namespaces that end like this.
    static bool IsOfDriver(string name) =>
        name.EndsWith("SqlTypes", StringComparison.OrdinalIgnoreCase) || s_driverNamespaces.Contains(name, StringComparer.Ordinal);

    static string EnumNumber(ITypeSymbol type) => type is INamedTypeSymbol { EnumUnderlyingType: { } number } ? Names.Full(number) : "";
}
