namespace Sluice.Planning;

/// <summary>Rows are upserted, and those of the table that are within a scope and not among them are removed.</summary>
sealed class SyncOperation(Func<UpsertTarget, UpsertTarget>? on, SqlBool scope, bool allowEmpty) : Operation
{
    readonly UpsertTarget _target = UpsertTarget.By(on);
    readonly SqlBool _scope = scope ?? throw new ArgumentNullException(nameof(scope));

    internal override bool RefusesNothing => !allowEmpty;

    internal override WriteRequest For(PlanRequest request)
    {
        if (request.Options.Commit != CommitPolicy.Atomic)
            throw PlanProblems.SyncByChunks(request.Table);
        return new UpsertOperation(_target).For(request) with { Operation = "sync", Within = _scope };
    }
}
