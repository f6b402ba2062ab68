using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Sluice.Rows;

namespace Sluice.Planning;

/// <summary>A decided load: the target, the columns in wire order, the way of writing and why, and the statements.</summary>
/// <remarks>
/// Holds neither a connection nor a row, so it can be printed, compared and used again: two plans of one request are equal. If the table
/// has changed since,
/// the database refuses the first chunk and nothing is kept.
/// </remarks>
public sealed record BulkPlan
{
    /// <summary>What is done: "insert".</summary>
    public required string Operation { get; init; }

    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>The table as the database described it.</summary>
    public required Table Table { get; init; }

    /// <summary>The columns that are written, in the order of the source's fields.</summary>
    public required IReadOnlyList<PlanColumn> Columns { get; init => field = Seq.Of(value); }

    /// <summary>The fields of the source that are not written, each with the reason.</summary>
    public IReadOnlyList<string> LeftOut { get; init => field = Seq.Of(value); } = Seq.Of<string>([]);

    /// <summary>The way of writing.</summary>
    public required PlanPath Path { get; init; }

    /// <summary>Why that way was chosen.</summary>
    public required string Reason { get; init; }

    /// <summary>What else of the connection bears on the load, each as a clause.</summary>
    public IReadOnlyList<string> Notes { get; init => field = Seq.Of(value); } = Seq.Of<string>([]);

    /// <summary>The statements that are sent, in order, each with the values that it has beside those of the rows.</summary>
    public required IReadOnlyList<RenderedStatement> Rendered { get; init => field = Seq.Of(value); }

    /// <summary>The texts of the statements.</summary>
    public IReadOnlyList<string> Statements => [.. Rendered.Select(statement => statement.Text)];

    /// <summary>Rows a chunk.</summary>
    public required ChunkSize ChunkSize { get; init; }

    /// <summary>When rows become lasting.</summary>
    public required CommitPolicy Commit { get; init; }

    /// <summary>The order that rows are sent in.</summary>
    public required RowOrder Order { get; init; }

    /// <summary>What the rows do to the table, beyond being inserted; null for a plain insert.</summary>
    public WriteRequest? Write { get; init; }

    /// <summary>The smallest time that the database keeps, in ticks of 100 ns.</summary>
    public long TickSize { get; init; } = 1;

    /// <summary>Whether a time with more digits than its column keeps is refused.</summary>
    public bool ExactTimes { get; init; }

    /// <summary>The columns that rows are sorted by, and by which they are told apart.</summary>
    public IReadOnlyList<Column> Key => Write?.Key ?? Table.PrimaryKey;

    /// <summary>The plan as several lines of text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line("operation", $"{Operation} {Source} into {Table.QualifiedName}");
        Line("path", $"{Path}: {Reason}");
        Line("chunk", string.Create(CultureInfo.InvariantCulture, $"{ChunkSize}, commit {Commit}"));
        Line("order", Order is RowOrder.ByKey ? "by key (" + string.Join(", ", Key) + ")" : "as given");
        foreach (var column in Columns)
            Line("column", $"{column.Field.Origin ?? column.Field.Name} -> {column.Target.Name} {column.Target.Type}");
        foreach (var field in LeftOut)
            Line("left out", field);
        foreach (var note in Notes)
            Line("note", note);
        foreach (var statement in Statements)
            Line("statement", statement);
        return text.ToString();

        void Line(string label, string value) => text.Append(label.PadRight(10)).Append(' ').Append(value).Append('\n');
    }
}

/// <summary>A field of the source and the column that it fills.</summary>
/// <param name="Field">The field.</param>
/// <param name="FieldIndex">The field's place among the source's fields, from 0.</param>
/// <param name="Target">The column as the database describes it.</param>
[Experimental(ExperimentalFor.Providers)]
public sealed record PlanColumn(RowField Field, int FieldIndex, Column Target);
