using System.Diagnostics.CodeAnalysis;

namespace Sluice.Schema;

/// <summary>Describes the table of a row type at run time, for types that cannot be partial.</summary>
static class ReflectedTable
{
    internal static Table<T> Make<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] T>() =>
        throw new NotSupportedException();
}
