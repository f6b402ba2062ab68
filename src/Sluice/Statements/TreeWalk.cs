using static Sluice.Sql;

namespace Sluice;

/// <summary>A recursion over a table whose rows name their parent, and what ends it on data that has circles.</summary>
/// <remarks>
/// Where each key is in one row, each node has one parent. Going down then comes to a node again only by way of the start, so the start's
/// key is the guard. Going up may lead into a circle that the start is not on: of the keys passed, one is kept as a mark, and a new one
/// each time the way has doubled, so that a circle meets its mark (Brent). Neither costs more on long ways. A key that may be in several
/// rows, and a path upwards, take the database's own guard, which remembers the whole way.
/// </remarks>
sealed record TreeWalk<T>(Table Table, Column<T> Key, Column<T> Parent, SqlBool Start, bool Down, string Name)
{
    internal int? Limit { get; init; }

    internal SqlBool? Condition { get; init; }

    internal bool HasPath { get; init; }

    internal SqlExpr<string>? PathOf { get; init; }

    internal string Separator { get; init; } = "/";

    internal string RootName => Free("root");

    internal string DepthName => Free("depth");

    internal string PathName => Free("path");

    string MarkName => Free("mark");

    string UntilName => Free("until");

    bool IsKeyUnique =>
        (Table.PrimaryKey.Count == 1 && Table.PrimaryKey[0].Name == Key.Name)
        || Table.UniqueKeys.Any(k => k.Predicate is null && k.Columns.Count == 1 && k.Columns[0] == Key.Name);

    bool Remembers => !IsKeyUnique || (HasPath && !Down);

    bool Marks => !Down && !Remembers;

    // A table may name its own columns so.
    string Free(string name) => name == Key.Name || name == Parent.Name ? Free(name + "_") : name;

    SqlExpr<string> Step => PathOf is null ? Key.Cast<string>() : Coalesce(PathOf.Cast<string>(), Literal(""));

    internal Cte Build()
    {
        if (!Remembers && !Marks)
            return Recursion(Name);
        var walk = Remembers ? Recursion(Name + "_walk").Cycle("is_cycle_", "cycle_path_", Key) : Recursion(Name + "_walk");
        var key = walk[Key.Name];
        var parent = walk[Parent.Name];
        var root = walk[RootName];
        if (Marks)
            return Select(key, parent, root, Min<int>(walk[DepthName]).As(DepthName)).From(walk).GroupBy(key, parent, root).AsCte(Name);
        SqlExpr[] items = [key, parent, root, walk[DepthName], .. HasPath ? [walk[PathName]] : Array.Empty<SqlExpr>()];
        return Select(items).From(walk).Where(!(SqlBool)walk["is_cycle_"]).AsCte(Name);
    }

    Cte Recursion(string name) => RecursiveCte(name, [.. Columns()])
        .StartWith(Select([.. First()]).From(Table).Where(Kept(Start)))
        .ThenUnionAll(self => Select([.. Next(self)]).From(Table).Join(self, Down ? Parent == self[Key.Name] : Key == self[Parent.Name]).Where(Kept(GoesOn(self))));

    IEnumerable<Column> Columns()
    {
        yield return new Column<T>(Key.Name, Key.Description.Type);
        yield return new Column<T>(Parent.Name, Parent.Description.Type);
        yield return new Column<T>(RootName, Key.Description.Type);
        yield return new Column<int>(DepthName, SqlType.Integer);
        if (HasPath)
            yield return new Column<string>(PathName, SqlType.Text);
        if (!Marks)
            yield break;
        yield return new Column<T>(MarkName, Key.Description.Type);
        yield return new Column<int>(UntilName, SqlType.Integer);
    }

    IEnumerable<SqlExpr> First()
    {
        SqlExpr[] always = [Key, Parent, Key, Literal(0)];
        return [.. always, .. HasPath ? [Step] : Array.Empty<SqlExpr>(), .. Marks ? [Key, Literal(1)] : Array.Empty<SqlExpr>()];
    }

    IEnumerable<SqlExpr> Next(SqlFrom self)
    {
        SqlExpr<int> depth = self[DepthName];
        depth += Literal(1);
        yield return Key;
        yield return Parent;
        yield return self[RootName];
        yield return depth;
        if (HasPath)
            yield return Down ? (SqlExpr<string>)self[PathName] + Separator + Step : Step + Separator + (SqlExpr<string>)self[PathName];
        if (!Marks)
            yield break;
        SqlExpr<int> until = self[UntilName];
        yield return When(depth == until, (SqlExpr<T>)Key).Else(self[MarkName]);
        yield return When(depth == until, until * Literal(2)).Else(until);
    }

    SqlBool GoesOn(SqlFrom self)
    {
        SqlBool? guard = Remembers ? null : Key != (SqlExpr<T>)self[Down ? RootName : MarkName];
        SqlBool? near = Limit is { } limit ? (SqlExpr<int>)self[DepthName] < Literal(limit) : null;
        return guard is null ? near ?? Key.IsNotNull() : near is null ? guard : guard & near;
    }

    SqlBool Kept(SqlBool condition) => Condition is null ? condition : condition & Condition;
}
