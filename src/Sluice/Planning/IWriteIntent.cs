namespace Sluice.Planning;

/// <summary>What a caller wants rows to do, before the table is known.</summary>
interface IWriteIntent
{
    /// <summary>Whether a source without rows is an error.</summary>
    bool RefusesNothing => false;

    /// <summary>A name for what the rows do, where the same name always means the same; null where the caller described it.</summary>
    string? Usual => null;

    /// <summary>The request for a table as the catalog describes it.</summary>
    /// <exception cref="BulkPlanException">The table has no key as the caller means it.</exception>
    WriteRequest For(PlanRequest request);
}
