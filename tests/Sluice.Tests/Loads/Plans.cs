using Sluice.Planning;
using Sluice.Rows;

namespace Sluice.Tests.Loads;

/// <summary>A way of which only its name matters.</summary>
sealed record NamedPath(string Words) : PlanPath
{
    public override string Name => Words;
}

static class Plans
{
    /// <summary>A plan that writes every field of a row type into a table with the key at these places.</summary>
    internal static BulkPlan For<T>(int[] key, RowOrder order = RowOrder.ByKey, int chunkRows = 10)
    {
        var described = Table.For<T>();
        var table = new Table("t", null, described.Columns, key);
        return new BulkPlan
        {
            Operation = "insert",
            Source = "rows",
            Table = table,
            Columns = [.. described.Rows.Fields.Select((field, i) => new PlanColumn(field, i, table.Columns[i]))],
            Path = new NamedPath("somehow"),
            Reason = "a test says so",
            Rendered = [new RenderedStatement("INSERT", [])],
            ChunkSize = ChunkSize.Fixed(chunkRows),
            Commit = CommitPolicy.Atomic,
            Order = order,
        };
    }

    internal static RowShape<T> Shape<T>() => Table.For<T>().Rows;
}
