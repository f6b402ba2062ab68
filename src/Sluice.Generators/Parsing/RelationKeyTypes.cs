using Microsoft.CodeAnalysis;

namespace Sluice.Generators.Parsing;

/// <summary>Which types keys can have. The core's reflection knows the same ones.</summary>
static class RelationKeyTypes
{
    static readonly HashSet<string> s_others = new(StringComparer.Ordinal) { "string", "System.Guid", "decimal", "System.DateTime", "System.DateTimeOffset", "System.DateOnly" };

    /// <summary>The type that keys of both columns are compared as, or null where there is none.</summary>
    internal static string? Common(ITypeSymbol mine, ITypeSymbol theirs)
    {
        (mine, theirs) = (Navigation.Unwrapped(mine), Navigation.Unwrapped(theirs));
        if (IsWhole(mine) && IsWhole(theirs))
            return mine.SpecialType is SpecialType.System_Int32 && theirs.SpecialType is SpecialType.System_Int32 ? "int" : "long";
        var plain = mine.WithNullableAnnotation(NullableAnnotation.None);
        return SymbolEqualityComparer.Default.Equals(mine, theirs) && s_others.Contains(Names.Plain(plain)) ? Names.Full(plain) : null;
    }

    static bool IsWhole(ITypeSymbol type) => type.SpecialType is SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16
        or SpecialType.System_UInt16 or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64;
}
