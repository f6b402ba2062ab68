using System.Diagnostics.CodeAnalysis;


namespace Sluice.Planning;

/// <summary>Matches a source's fields to a table's columns by name, and says everything that does not fit at once.</summary>
[Experimental(ExperimentalFor.Providers)]
public static class FieldMatch
{
    /// <summary>The columns that an insert writes.</summary>
    /// <param name="request">The source's fields and the table.</param>
    /// <param name="leftOut">The fields that are not written, each with the reason.</param>
    /// <exception cref="BulkPlanException">
    /// A field has no column, a column has two fields, or a column that needs a value has no field.
    /// </exception>
    public static IReadOnlyList<PlanColumn> ForInsert(PlanRequest request, out IReadOnlyList<string> leftOut)
    {
        ArgumentNullException.ThrowIfNull(request);
        var table = request.Table;
        var columns = new List<PlanColumn>(request.Fields.Count);
        var skipped = new List<string>();
        var unknown = new List<string>();
        for (var i = 0; i < request.Fields.Count; i++)
        {
            var field = request.Fields[i];
            if (field.IsGenerated)
            {
                skipped.Add($"{field.Origin ?? field.Name}: the database supplies it");
                continue;
            }
            if (!table.TryGetColumn(field.Name, out var column))
                unknown.Add(field.Name);
            else if (column.Generated is Generated.Computed)
                throw PlanProblems.FieldForComputedColumn(table, field.Name);
            else if (columns.Exists(c => c.Target.Name == column.Name))
                throw PlanProblems.FieldTwice(request.Source, column.Name);
            else
                columns.Add(new PlanColumn(field, i, column));
        }
        if (unknown.Count > 0)
            throw PlanProblems.UnknownColumns(table, request.Source, unknown);
        RefuseMissing(request, columns);
        leftOut = skipped;
        return columns;
    }

    /// <summary>The columns that a statement for many rows takes from each.</summary>
    /// <exception cref="BulkPlanException">A field has no column, or a column that the statement needs has no field.</exception>
    public static IReadOnlyList<PlanColumn> ForWrite(PlanRequest request, WriteRequest write, out IReadOnlyList<string> leftOut)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(write);
        var table = request.Table;
        var columns = new List<PlanColumn>();
        var skipped = new List<string>();
        for (var i = 0; i < request.Fields.Count; i++)
        {
            var field = request.Fields[i];
            if (!write.Statement.Columns.Contains(field.Name))
                skipped.Add($"{field.Origin ?? field.Name}: the {write.Operation} does not use it");
            else if (columns.Exists(c => c.Target.Name == field.Name))
                throw PlanProblems.FieldTwice(request.Source, field.Name);
            else if (table.TryGetColumn(field.Name, out var column))
                columns.Add(new PlanColumn(field, i, column));
        }
        var missing = write.Statement.Columns.Where(name => !columns.Exists(c => c.Target.Name == name)).ToList();
        leftOut = skipped;
        return missing.Count == 0 ? columns : throw PlanProblems.MissingFields(write.Operation, table, request.Source, missing);
    }

    /// <summary>The order that can be kept: by key only where the rows bring the whole primary key.</summary>
    public static RowOrder Order(PlanRequest request, IReadOnlyList<PlanColumn> columns) =>
        Order(request, columns, request?.Table.PrimaryKey ?? []);

    /// <summary>The order that can be kept: by key only where the rows bring the whole of it.</summary>
    public static RowOrder Order(PlanRequest request, IReadOnlyList<PlanColumn> columns, IReadOnlyList<Column> key)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(key);
        return request.Options.Order is RowOrder.ByKey && key.Count > 0 && key.All(k => columns.Any(c => c.Target.Name == k.Name))
            ? RowOrder.ByKey
            : RowOrder.AsGiven;
    }

    static void RefuseMissing(PlanRequest request, List<PlanColumn> columns)
    {
        var missing = request.Table.Columns
            .Where(c => c is { IsNullable: false, Default: null, Generated: Generated.Never } && !columns.Exists(p => p.Target.Name == c.Name))
            .Select(c => c.Name)
            .ToList();
        if (missing.Count > 0)
            throw PlanProblems.MissingColumns(request.Table, request.Source, missing);
    }
}
