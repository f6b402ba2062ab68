using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sluice.Architecture.Tests;

/// <summary>What the public types have in common.</summary>
public class PublicTypeTests
{
    // Each is the base of another public type, or of types that the row generator writes.
    static readonly string[] s_openOnPurpose =
    [
        "Sluice.BulkException", "Sluice.Table", "Sluice.Table`1", "Sluice.SqlExpr`1", "Sluice.SqlInsert", "Sluice.SqlUntyped",
    ];

    static readonly string[] s_forUsers = ["Sluice", "Sluice.PostgreSql", "Sluice.Sqlite", "Sluice.Files"];

    [Fact]
    public void Public_types_are_sealed_or_abstract_or_static() => Rule.Holds(
        "A public class can be derived from, though nothing is made for that.",
        "Seal it, or make it abstract.",
        from type in Packages.PublicTypes
        where type is { IsClass: true, IsSealed: false, IsAbstract: false }
        where !s_openOnPurpose.Contains(type.FullName, StringComparer.Ordinal)
        select type.FullName);

    [Fact]
    public void Options_are_immutable() => Rule.Holds(
        "An option can be changed after it was given.",
        "Make the property init-only.",
        from type in Options
        from property in InstancePropertiesOf(type)
        where property.SetMethod is { IsPublic: true } setter
            && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
        select $"{type.Name}.{property.Name}");

    [Fact]
    public void Options_are_few() => Rule.Holds(
        "Options have more than ten properties.",
        "Group what belongs together, or do without: each option is a question to every user.",
        from type in Options
        where InstancePropertiesOf(type).Count() > 10
        select $"{type.Name}: {InstancePropertiesOf(type).Count()}");

    [Fact]
    public void Options_document_their_defaults() => Rule.Holds(
        "An option does not say its default.",
        "Add a <value> to its documentation.",
        from type in Options
        from property in InstancePropertiesOf(type)
        where !Documentation.Of(type.Assembly, $"P:{type.FullName}.{property.Name}").Contains("<value>", StringComparison.Ordinal)
        select $"{type.Name}.{property.Name}");

    [Fact]
    public void Async_methods_end_with_a_token() => Rule.Holds(
        "A public asynchronous method cannot be cancelled, or asks every user for a token.",
        "End its parameters with a CancellationToken, with a default on the types that users call.",
        from type in Packages.PublicTypes
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.Name.EndsWith("Async", StringComparison.Ordinal) && method.Name is not "DisposeAsync"
        where method.GetParameters() is not [.., { } last] || last.ParameterType != typeof(CancellationToken)
            || (s_forUsers.Contains(type.Namespace, StringComparer.Ordinal) && !last.HasDefaultValue && !method.IsAbstract && method.GetBaseDefinition().DeclaringType == type)
        select $"{type.Name}.{method.Name}");

    [Fact]
    public void Errors_derive_from_the_one_that_users_catch() => Rule.Holds(
        "An error of a bulk operation is no BulkException.",
        "Derive it from BulkException, so that one catch gets them all.",
        from type in Packages.PublicTypes
        where type.Namespace == "Sluice" && type.IsAssignableTo(typeof(Exception)) && !type.IsAssignableTo(typeof(BulkException))
        select type.FullName);

    static IEnumerable<Type> Options => Packages.PublicTypes.Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal));

    static IEnumerable<PropertyInfo> InstancePropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(property => property.Name != "EqualityContract");
}
