namespace Sluice.Architecture.Tests;

/// <summary>Types as C# writes them, without the framework's namespaces.</summary>
static class TypeText
{
    static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(short)] = "short",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
    };

    internal static string Of(Type type)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!);
        if (type.IsArray)
            return Of(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value) + "?";
        if (s_keywords.TryGetValue(type, out var keyword))
            return keyword;
        return type.IsGenericParameter ? type.Name : Name(type);
    }

    /// <summary>The name that tells a type from all others, with its namespace where that is not the framework's.</summary>
    internal static string Name(Type type)
    {
        var plain = type.Name.Contains('`', StringComparison.Ordinal) ? type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] : type.Name;
        var before = type.IsNested ? Name(type.DeclaringType!) + "." : type.Namespace is { } space && !space.StartsWith("System", StringComparison.Ordinal) ? space + "." : "";
        return before + plain + Arguments(type.GetGenericArguments());
    }

    internal static string Arguments(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Of))}>";
}
