using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>
/// What loads, returning loads, plans and checks have in common: the table was found, the rows are bound to it, and the plan is made.
/// </summary>
sealed class PreparedLoad<T>
{
    readonly PlanRequest _planned;
    readonly RowForms<T>? _forms;

    PreparedLoad(LoadRequest request, BulkSession session, RowSource<T> source, RowShape<T> shape, PlanRequest planned, BulkPlan plan)
    {
        (Request, Session, Source, Shape, _planned, Plan) = (request, session, source, shape, planned, plan);
        _forms = RowForms<T>.For(plan, source);
    }

    internal LoadRequest Request { get; }

    internal BulkSession Session { get; }

    internal RowSource<T> Source { get; }

    internal RowShape<T> Shape { get; }

    internal BulkPlan Plan { get; }

    /// <summary>Whether a transaction is open, in which the table was created.</summary>
    internal bool HasBegun { get; private init; }

    /// <summary>Finds the table in the catalog, binds the rows to it, and makes the plan.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="session">The connection.</param>
    /// <param name="source">The rows.</param>
    /// <param name="creates">Whether a table that is missing is created, where the options ask for it.</param>
    /// <param name="cancellationToken">Cancels the finding.</param>
    internal static async Task<PreparedLoad<T>> FindAsync(LoadRequest request, BulkSession session, RowSource<T> source, bool creates,
        CancellationToken cancellationToken)
    {
        var target = request.TargetOf(source);
        var (table, begun) = creates && request.Options.Target.CreateTable
            ? await TargetTable.ReadOrCreateAsync(session, target, request.Options.Limits.Transaction,
                cancellationToken).ConfigureAwait(false)
            : (await TargetTable.ReadAsync(session, target, cancellationToken).ConfigureAwait(false), false);
        request.Sessions.Known.Remember(target, table);
        var shape = source.Bind(table);
        var planned = new PlanRequest(source.Name, shape.Fields, table, request.Options);
        var plan = await LoadPlanner.PlanAsync(session, request, planned, cancellationToken).ConfigureAwait(false);
        return new PreparedLoad<T>(request, session, source, shape, planned, plan) { HasBegun = begun };
    }

    /// <summary>Rows for a table that is not there yet, by its description.</summary>
    internal static PreparedLoad<T> OfDescribed(LoadRequest request, BulkSession session, RowSource<T> source, Table table)
    {
        var shape = source.Bind(table);
        var planned = new PlanRequest(source.Name, shape.Fields, table, request.Options);
        return new PreparedLoad<T>(request, session, source, shape, planned, LoadPlanner.Plan(session, request, planned));
    }

    /// <summary>A few rows of a table that was found before; null where they are not written at once.</summary>
    /// <exception cref="BulkPlanException">The rows do not fit the table, as far as it is known.</exception>
    internal static PreparedLoad<T>? OfKnown(LoadRequest request, BulkSession session, RowSource<T> source, Table table)
    {
        var (known, operation) = (request.Sessions.Known, request.Operation.Usual);
        var shape = source.Bind(table);
        var planned = new PlanRequest(source.Name, shape.Fields, table, request.Options);
        if (!known.TryPlanOf<T>(session.Dialect, table, operation, request.Options, out var plan))
        {
            plan = LoadPlanner.PlanAtOnce(session, request, planned);
            known.Remember<T>(session.Dialect, table, operation, request.Options, plan);
        }
        return plan is null ? null : new PreparedLoad<T>(request, session, source, shape, planned, plan);
    }

    /// <summary>Whether no two rows that are sent have the same key.</summary>
    internal bool HasDistinctKeys => DuplicateFilter<T>.Serves(Plan);

    /// <summary>Cuts the source into chunks, in the plan's order and without the rows that the caller's policy leaves out.</summary>
    internal ChunkReader<T> OpenChunks() =>
        new(Source, KeyOrder<T>.For(Plan, Shape), Plan.ChunkSize, Filter(Request.Met), UnsetKeys<T>.For(Plan, Shape, Source), _forms,
            RowWeight<T>.For(Source, Shape));

    /// <summary>Takes all rows, which are in memory, as one chunk.</summary>
    internal ChunkReader<T> OpenOneChunk(int count)
    {
        var unset = UnsetKeys<T>.For(Plan, Shape, Source);
        // One row has no order and no double.
        return count == 1
            ? new ChunkReader<T>(Source, order: null, ChunkSize.Fixed(1), unset: unset)
            : new ChunkReader<T>(Source, KeyOrder<T>.For(Plan, Shape), ChunkSize.Fixed(count), Filter(met: null, isWhole: true), unset);
    }

    /// <summary>Cuts the source into chunks in its own order, with the rows at hand that the caller's policy leaves out.</summary>
    internal GivenChunks<T> OpenGivenChunks() =>
        new(Source, Filter(met: null), UnsetKeys<T>.For(Plan, Shape, Source), Plan.ChunkSize.Rows, RowWeight<T>.For(Source, Shape));

    /// <summary>Cuts the source into chunks in its own order, and goes on behind rows that are refused.</summary>
    internal ChunkReader<T> OpenCheckedChunks(Action<LoadFault> refused) => new(
        Source, order: null, Plan.ChunkSize, Filter(met: null, refused: refused), UnsetKeys<T>.For(Plan, Shape, Source,
            refused), _forms, RowWeight<T>.For(Source, Shape));

    DuplicateFilter<T>? Filter(KeyMemory? met, bool isWhole = false, Action<LoadFault>? refused = null) =>
        DuplicateFilter<T>.For(Plan, Shape, Source.Locate, Request.Options.Duplicates, met, isWhole, refused);

    /// <summary>The plan for a chunk's rows, which may leave fields out.</summary>
    /// <exception cref="LoadFault">Rows of their form cannot be written.</exception>
    internal BulkPlan PlanOf(BulkSession on, RowChunk<T> chunk) => _forms is null ? Plan : _forms.PlanOf(on, Request, _planned, chunk);

    /// <summary>Opens the writer that the plan says, or one for each of the rows' forms.</summary>
    internal ChunkWriter<T> OpenWriter(BulkSession on, RowShape<T> shape) => _forms is null
        ? on.OpenWriter(Plan, shape, Request.Options, Source.Locate)
        : new FormWriter<T>(chunk => on.OpenWriter(PlanOf(on, chunk), shape, Request.Options, Source.Locate));
}
