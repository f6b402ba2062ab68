namespace Sluice.Reading.Related;

/// <summary>Which types keys can have. The row generator knows the same ones.</summary>
static class RelationKeyTypes
{
    static readonly HashSet<Type> s_whole = [typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long)];

    static readonly HashSet<Type> s_others =
        [typeof(string), typeof(Guid), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly)];

    /// <summary>The type that keys of both columns are compared as, or null where there is none.</summary>
    internal static Type? Common(Type mine, Type theirs)
    {
        if (s_whole.Contains(mine) && s_whole.Contains(theirs))
            return mine == typeof(int) && theirs == typeof(int) ? typeof(int) : typeof(long);
        return mine == theirs && s_others.Contains(mine) ? mine : null;
    }
}
