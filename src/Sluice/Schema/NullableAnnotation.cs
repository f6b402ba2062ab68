using System.Reflection;

namespace Sluice;

/// <summary>What the compiler noted about references that may be null.</summary>
/// <remarks>
/// Read from the attributes themselves, as trimming switches off <see cref="NullabilityInfoContext"/> and makes it throw. Where trimming
/// has removed the attributes, nothing is known and null is allowed.
/// </remarks>
static class NullableAnnotation
{
    const byte NotNull = 1;

    internal static bool IsNotNull(PropertyInfo property)
    {
        if (Flag(property, "System.Runtime.CompilerServices.NullableAttribute") is { } own)
            return own == NotNull;
        for (MemberInfo? scope = property.DeclaringType; scope is not null; scope = scope.DeclaringType)
        {
            if (Flag(scope, "System.Runtime.CompilerServices.NullableContextAttribute") is { } inherited)
                return inherited == NotNull;
        }
        return false;
    }

    static byte? Flag(MemberInfo member, string attribute)
    {
        foreach (var data in member.GetCustomAttributesData())
        {
            if (!string.Equals(data.AttributeType.FullName, attribute, StringComparison.Ordinal) || data.ConstructorArguments is not [var argument, ..])
                continue;
            // One flag for the whole type, or one for each part of it, of which the first is the type itself.
            return argument.Value switch
            {
                byte flag => flag,
                IReadOnlyList<CustomAttributeTypedArgument> { Count: > 0 } flags => flags[0].Value as byte?,
                _ => null,
            };
        }
        return null;
    }
}
