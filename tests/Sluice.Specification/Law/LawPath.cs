
namespace Sluice.Specification.Law;

/// <summary>A way by which values reach a column.</summary>
/// <param name="Name">As failures print it.</param>
/// <param name="RunAsync">Writes the rows of some values into a table.</param>
/// <param name="Updates">Whether the rows must be there, with nothing in the column.</param>
public sealed record LawPath(string Name, Func<Engine, Table, LawType, IReadOnlyList<int>, Task> RunAsync, bool Updates = false)
{
    /// <summary>The ways into every database. The first two say whether a type and a column have anything to do with each other.</summary>
    public static IReadOnlyList<LawPath> All { get; } =
    [
        new("insert of typed rows", (e, t, l, ids) => e.InsertAsync(l.Typed(ids), t)),
        new("insert of lists", (e, t, l, ids) => e.InsertAsync(l.Lists(ids), t)),
        new("insert of dictionaries", (e, t, l, ids) => e.InsertAsync(l.Dictionaries(ids), t)),
        new("insert of a reader", (e, t, l, ids) => e.InsertAsync(l.Reader(ids), t)),
        new("upsert", (e, t, l, ids) => e.UpsertAsync(l.Typed(ids), table: t)),
        new("upsert of lists", (e, t, l, ids) => e.UpsertAsync(l.Lists(ids), table: t)),
        new("update", (e, t, l, ids) => e.UpdateAsync(l.Typed(ids), table: t), Updates: true),
        new("update of lists", (e, t, l, ids) => e.UpdateAsync(l.Lists(ids), table: t), Updates: true),
    ];

    /// <summary>An upsert by the ways that a database has for the rows of a statement.</summary>
    public static LawPath By(RowPath path) => new($"upsert by {path}", async (e, t, l, ids) =>
    {
        try
        {
            await e.UpsertAsync(l.Typed(ids), table: t, options: new BulkOptions { Target = new() { Path = path } });
        }
        catch (BulkPlanException plan) when (plan.Code is "SLU0187")
        {
            // The type of the column goes in no array, which is no matter of its values.
            await e.UpsertAsync(l.Typed(ids), table: t);
        }
    });
}
