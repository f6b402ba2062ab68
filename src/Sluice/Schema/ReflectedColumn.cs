namespace Sluice;

/// <summary>Makes the typed column of a property.</summary>
static class ReflectedColumn
{
    internal static Column Make(RowMember member, bool isNullable) => new(member.ColumnName, member.SqlType, member.ValueType)
    {
        IsNullable = isNullable,
        Generated = member.Generated,
        Default = member.Default,
    };
}
