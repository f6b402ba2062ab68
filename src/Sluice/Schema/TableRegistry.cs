using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Sluice;

/// <summary>Where generated tables announce themselves, so that rows find their table without reflection.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[Experimental(ExperimentalFor.Providers)]
public static class TableRegistry
{
    /// <summary>Announces the table of a row type. Called by generated code when its assembly is loaded.</summary>
    public static void Add<T>(Func<Table<T>> table) => Entry<T>.Table = table;

    internal static Table<T>? Find<T>() => Entry<T>.Table?.Invoke();

    static class Entry<T>
    {
        internal static Func<Table<T>>? Table;
    }
}
