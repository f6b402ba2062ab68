using System.Collections;
using System.Runtime.CompilerServices;
using Sluice.Schema;

namespace Sluice;

/// <summary>Tells row types from what programs hold values in otherwise.</summary>
static class RowKind
{
    /// <summary>Why a type is no row type and what to call instead; null where it may be one.</summary>
    internal static BulkPlanException? Of(Type type) =>
        typeof(IEnumerable<KeyValuePair<string, object?>>).IsAssignableFrom(type) || typeof(IDictionary).IsAssignableFrom(type)
            ? SchemaProblems.NoRowType("a dictionary",
                "InsertAsync(RowSource.From(rows), table), where rows are Dictionary<string, object?>")
        : type == typeof(object[])
            ? SchemaProblems.NoRowType("an object[]", "InsertAsync(RowSource.From([\"a\", \"b\"], rows), table)")
        : type == typeof(object)
            ? SchemaProblems.NoRowType("an object of any type",
                "InsertAsync(RowSource.From(rows), table), where rows are Dictionary<string, object?>")
        : SqlType.For(Nullable.GetUnderlyingType(type) ?? type).Kind is not SqlTypeKind.Other
            ? SchemaProblems.NoRowType($"a single value ({type.Name})",
                "InsertAsync(RowSource.From([\"a\"], values.Select(v => new object?[] { v })), table)")
        : null;

    /// <summary>Whether the compiler made the type for "new { … }": then its name is no table's.</summary>
    internal static bool IsAnonymous(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && type.Name.Contains("AnonymousType", StringComparison.Ordinal);

    /// <summary>The type as messages name it.</summary>
    internal static string NameOf(Type type) => IsAnonymous(type) ? "an anonymous type" : type.Name;
}
