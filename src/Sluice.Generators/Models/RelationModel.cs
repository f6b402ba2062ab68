namespace Sluice.Generators.Models;

/// <summary>A property that takes related rows.</summary>
/// <param name="Property">The property's name, escaped where it is a keyword.</param>
/// <param name="Origin">How messages name it.</param>
/// <param name="Access">The accessibility of the table's member for it.</param>
/// <param name="Child">The type of the related rows, fully qualified.</param>
/// <param name="IsMany">Whether it takes a list.</param>
/// <param name="IsThrough">Whether a table between both is yet to be named.</param>
/// <param name="ParentColumns">The columns of this type's table.</param>
/// <param name="ChildColumns">The columns of the other one that they are equal to.</param>
/// <param name="KeyProperties">The properties of this type with the key.</param>
/// <param name="KeyTypes">The types that the key's parts are compared as.</param>
/// <param name="Value">The C# of what the property gets, of "related".</param>
/// <param name="Attach">How it gets that.</param>
/// <param name="PropertyType">The property's type, for an accessor.</param>
/// <param name="DeclaringType">The type that declares it, for an accessor.</param>
sealed record RelationModel(
    string Property,
    string Origin,
    string Access,
    string Child,
    bool IsMany,
    bool IsThrough,
    EquatableArray<string> ParentColumns,
    EquatableArray<string> ChildColumns,
    EquatableArray<string> KeyProperties,
    EquatableArray<string> KeyTypes,
    string Value,
    AttachKind Attach,
    string PropertyType,
    string DeclaringType);

/// <summary>How a property gets related rows.</summary>
enum AttachKind
{
    /// <summary>By its setter.</summary>
    Set,

    /// <summary>By a setter that only initialisers may call.</summary>
    Init,

    /// <summary>By emptying and filling the collection that it holds.</summary>
    Add,
}
