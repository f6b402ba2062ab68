using Sluice.Statements;

namespace Sluice;

/// <summary>Trees in tables whose rows name their parent.</summary>
public static partial class Sql
{
    /// <summary>A node and everything below it: its children, theirs, and so on.</summary>
    /// <param name="table">The table, each of whose rows names its parent.</param>
    /// <param name="key">The key of a row.</param>
    /// <param name="parent">The key of its parent; null for a root.</param>
    /// <param name="of">The key to start from, which is in the result with depth 0.</param>
    public static SqlTree<T> Descendants<T>(Table table, Column<T> key, Column<T> parent, SqlExpr<T> of) =>
        Walk(table, key, parent, Of(key, of), down: true);

    /// <summary>Several nodes and everything below each: <c>startWith: c.ParentId.IsNull()</c> for the whole forest.</summary>
    /// <remarks>A node below another start is in the result once for each, told apart by <see cref="SqlTree{T}.Root"/>.</remarks>
    /// <param name="table">The table, each of whose rows names its parent.</param>
    /// <param name="key">The key of a row.</param>
    /// <param name="parent">The key of its parent; null for a root.</param>
    /// <param name="startWith">Which rows to start from.</param>
    public static SqlTree<T> Descendants<T>(Table table, Column<T> key, Column<T> parent, SqlBool startWith) =>
        Walk(table, key, parent, startWith, down: true);

    /// <summary>A node and everything above it: its parent, the parent's, and so on.</summary>
    /// <inheritdoc cref="Descendants{T}(Table, Column{T}, Column{T}, SqlExpr{T})"/>
    public static SqlTree<T> Ancestors<T>(Table table, Column<T> key, Column<T> parent, SqlExpr<T> of) =>
        Walk(table, key, parent, Of(key, of), down: false);

    /// <summary>Several nodes and everything above each.</summary>
    /// <inheritdoc cref="Descendants{T}(Table, Column{T}, Column{T}, SqlBool)"/>
    public static SqlTree<T> Ancestors<T>(Table table, Column<T> key, Column<T> parent, SqlBool startWith) =>
        Walk(table, key, parent, startWith, down: false);

    static SqlBool Of<T>(Column<T> key, SqlExpr<T> of)
    {
        ArgumentNullException.ThrowIfNull(of);
        // A list of one is looked for in every form that the database may have stored it in.
        return of.Node is ParamNode { Value: Guid id } ? key.In((T)(object)id) : key == of;
    }

    static SqlTree<T> Walk<T>(Table table, Column<T> key, Column<T> parent, SqlBool start, bool down)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(start);
        return new(new TreeWalk<T>(table, key, parent, start, down, down ? "descendants" : "ancestors"));
    }
}
