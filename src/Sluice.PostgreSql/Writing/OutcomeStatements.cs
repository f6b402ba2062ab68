using Sluice.Planning;
using Sluice.PostgreSql.Planning;
using Sluice.PostgreSql.Sessions;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Writing;

/// <summary>Statements over a relation of rows that say for each of them what became of it.</summary>
/// <remarks>
/// The order in which RETURNING gives rows is not promised (https://www.postgresql.org/docs/current/dml-returning.html), so each is told
/// by its key, compared on the server by the column's own rules.
/// </remarks>
static class OutcomeStatements
{
    /// <summary>The name of the column with a row's place, from 1.</summary>
    internal const string Place = "sluice_place";

    static readonly Column<int> s_place = new(Place, SqlType.Integer);

    /// <summary>The statement, and of each row that it wrote the columns that were asked for, its place, and whether it is new.</summary>
    internal static SqlSelect Writing(ServerSession session, Table table, WriteRequest write, SqlFrom rows, IReadOnlyList<Column> order,
        IReadOnlyList<Column> returned)
    {
        var statement = write.Statement;
        var values = returned.Select((c, i) => table[c].As(Returned(i)));
        if (!statement.Inserts)
        {
            var changed = statement.Over(rows, [], [rows[s_place].As(Place), .. values]).AsCte("written");
            return Select([.. Named(changed, returned), changed[Place].As(Place), Null.As("is_new")]).From(changed);
        }
        var source = Select(rows).From(rows).AsCte("source");
        var isNew = SetStatements.IsNew(session.Dialect, table)
            ?? (statement.CanUpdate ? ProviderText.Of("NULL").AsExpr<bool>() : Literal(true));
        var keys = write.Key.Select((c, i) => table[c].As(Key(i)));
        var written = statement.Over(source, order, [.. keys, isNew.As("is_new"), .. values]).AsCte("written");
        var sameKey = write.Key.Select((c, i) => write.Same(c, source[c], written[Key(i)])).Aggregate((left, right) => left & right);
        return Select([.. Named(written, returned), source[s_place].As(Place), written["is_new"].As("is_new")]).From(written).LeftJoin(source, sameKey);
    }

    /// <summary>
    /// The rows of the table that have the keys of those that were sent; new is one that nobody locked or changed since it was inserted.
    /// </summary>
    internal static SqlSelect Found(Table table, WriteRequest write, SqlFrom rows, IReadOnlyList<Column> returned)
    {
        var found = Select([.. returned.Select(c => table[c].As(c.Name)), rows[s_place].As(Place), ProviderText.Of($"({SetStatements.LastLocker(table)} = 0)").AsExpr<bool>().As("is_new")])
            .From(rows).Join(table, write.SameKey(table, rows));
        return write.InIndex(rows) is { } inIndex ? found.Where(inIndex) : found;
    }

    static IEnumerable<SqlExpr> Named(SqlFrom written, IReadOnlyList<Column> returned) =>
        returned.Select((c, i) => written[Returned(i)].As(c.Name));

    static string Returned(int i) => "r" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static string Key(int i) => "k" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
