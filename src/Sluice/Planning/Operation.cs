namespace Sluice.Planning;

/// <summary>
/// What a caller wants rows to do, before the table is known: insert, upsert, update, delete, sync, or what a statement says.
/// </summary>
abstract class Operation
{
    private protected Operation()
    {
    }

    /// <summary>Whether a source without rows is an error.</summary>
    internal virtual bool RefusesNothing => false;

    /// <summary>A name for what the rows do, where the same name always means the same; null where the caller described it.</summary>
    internal virtual string? Usual => null;

    /// <summary>Whether nothing but new rows is asked for, so that no statement is needed where the database has a faster way.</summary>
    internal virtual bool OnlyInserts => false;

    /// <summary>The request for a table as the catalog describes it.</summary>
    /// <exception cref="BulkPlanException">The table has no key as the caller means it.</exception>
    internal abstract WriteRequest For(PlanRequest request);
}
