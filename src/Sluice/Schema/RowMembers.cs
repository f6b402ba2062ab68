using System.ComponentModel.DataAnnotations.Schema;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Sluice;

/// <summary>Which properties a row type has, and which of them are its key. The row generator follows the same rules.</summary>
static class RowMembers
{
    internal const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>The readable public properties, those of base types first, a hidden or overridden one only in its last form.</summary>
    internal static List<RowMember> Of([DynamicallyAccessedMembers(Needed)] Type type)
    {
        var parameters = Constructors(type).SelectMany(c => c.GetParameters()).ToList();
        var members = new List<RowMember>();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => Depth(p.DeclaringType)))
        {
            if (property.GetGetMethod() is null || property.GetIndexParameters().Length > 0)
                continue;
            members.RemoveAll(m => string.Equals(m.Name, property.Name, StringComparison.Ordinal));
            members.Add(new RowMember(property, parameters.Find(p => string.Equals(p.Name, property.Name, StringComparison.Ordinal))));
        }
        return members;
    }

    /// <summary>The properties of the primary key, in its order.</summary>
    internal static IReadOnlyList<RowMember> Key(IReadOnlyList<RowMember> columns, string typeName)
    {
        var keys = columns.Where(c => c.IsKey).OrderBy(c => c.Order).ToList();
        if (keys.Count > 0)
            return keys;
        var named = columns.FirstOrDefault(c => string.Equals(c.Name, "Id", StringComparison.OrdinalIgnoreCase))
            ?? columns.FirstOrDefault(c => string.Equals(c.Name, typeName + "Id", StringComparison.OrdinalIgnoreCase));
        return named is null ? [] : [named];
    }

    /// <summary>The public constructors, but not a record's copying one.</summary>
    internal static IEnumerable<ConstructorInfo> Constructors([DynamicallyAccessedMembers(Needed)] Type type) =>
        type.GetConstructors().Where(c => c.GetParameters() is not [var only] || only.ParameterType != type);

    /// <summary>The table that a row type stands for.</summary>
    internal static (string Name, string? Schema) TableOf(Type type)
    {
        var attribute = type.GetCustomAttributes<TableAttribute>(inherit: false).OrderBy(a => a is RowOfAttribute).FirstOrDefault();
        return (attribute?.Name ?? SnakeCase.Of(type.Name), attribute?.Schema is { Length: > 0 } schema ? schema : null);
    }

    internal static bool IsTable(Type type) => type.IsDefined(typeof(TableAttribute), inherit: false);

    static int Depth(Type? type)
    {
        var depth = 0;
        for (; type is not null; type = type.BaseType)
            depth++;
        return depth;
    }
}
