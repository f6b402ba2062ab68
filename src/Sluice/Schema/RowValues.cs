using System.Collections;
using System.Numerics;
using System.Text.Json;

namespace Sluice;

/// <summary>Which types a column can hold. The row generator knows the same ones.</summary>
static class RowValues
{
    static readonly HashSet<Type> s_whole = [typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long)];

    static readonly HashSet<Type> s_direct =
    [
        typeof(bool), typeof(ulong), typeof(float), typeof(double), typeof(decimal), typeof(char), typeof(string), typeof(Guid), typeof(DateTime),
        typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(byte[]), typeof(ReadOnlyMemory<byte>), typeof(Memory<byte>),
    ];

    // Types of these namespaces are written by the driver, which alone knows what they mean.
    static readonly string[] s_driverNamespaces = ["System.Net", "System.Net.NetworkInformation", "NodaTime", "NetTopologySuite.Geometries"];

    /// <param name="type">Not <see cref="Nullable{T}"/>.</param>
    /// <returns>Null where no column holds the type.</returns>
    internal static RowValueKind? KindOf(Type type)
    {
        if (s_direct.Contains(type))
            return RowValueKind.Direct;
        if (s_whole.Contains(type))
            return RowValueKind.Whole;
        if (type.IsEnum)
            return RowValueKind.Enum;
        if (type.IsArray)
            return type.GetArrayRank() > 1 ? RowValueKind.Other : KindOfList(RowValueKind.Array, type.GetElementType()!);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
            return KindOfList(RowValueKind.List, type.GenericTypeArguments[0]);
        if (type == typeof(JsonDocument) || type == typeof(JsonElement) || typeof(System.Text.Json.Nodes.JsonNode).IsAssignableFrom(type))
            return RowValueKind.Json;
        if (type == typeof(BigInteger) || type == typeof(BitArray) || IsOfDriver(type.Namespace))
            return RowValueKind.Other;
        return null;
    }

    // Drivers keep types of their own in namespaces that end like this.
    static bool IsOfDriver(string? name) =>
        name is not null && (name.EndsWith("SqlTypes", StringComparison.OrdinalIgnoreCase) || s_driverNamespaces.Contains(name, StringComparer.Ordinal));

    static RowValueKind? KindOfList(RowValueKind kind, Type element)
    {
        element = Nullable.GetUnderlyingType(element) ?? element;
        return KindOf(element) switch
        {
            RowValueKind.Direct when element != typeof(ReadOnlyMemory<byte>) && element != typeof(Memory<byte>) => kind,
            RowValueKind.Whole or RowValueKind.Enum => kind,
            RowValueKind.Other => RowValueKind.Other,
            _ => null,
        };
    }
}
