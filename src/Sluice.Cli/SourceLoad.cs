using Sluice.Cli.Progress;
using Sluice.Files;
using Sluice.Rendering;

namespace Sluice.Cli;

/// <summary>
/// The load of one file or of another database's rows: open them, settle its table, move the rows, say what became of them.
/// </summary>
sealed class SourceLoad(Engine engine, LoadOptions options, string file, LoadProgress progress)
{
    string? _table;
    IReadOnlyList<string> _notes = [];
    bool _moving;

    string Target => engine.Target.Trim('\'');

    /// <summary>Never throws: a failure is part of the report.</summary>
    internal async Task<LoadReport> RunAsync(Signals signals)
    {
        LoadReport report;
        try
        {
            report = await LoadAsync(signals.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (signals.ExitCode != 0)
        {
            report = Failed("interrupted", new LoadError { ExitCode = signals.ExitCode, Message = $"'{file}' was interrupted. {WhatWasKept()}" }, Kept);
        }
        catch (Exception failure)
        {
            report = Failed("failed", ErrorOf(failure), (failure as BulkException)?.RowsKept ?? Kept,
                (failure as BulkException)?.RowsInDoubt ?? 0);
        }
        report = report with { Notes = _notes.Count > 0 ? [.. _notes, .. report.Notes ?? []] : report.Notes };
        progress.End(report);
        return report;
    }

    async Task<LoadReport> LoadAsync(CancellationToken cancellationToken)
    {
        var other = options.Input?.Address.Open();
        await using var closing = new Closing(other).ConfigureAwait(false);
        var source = await OpenAsync(other, cancellationToken).ConfigureAwait(false);
        await using var disposal = source.ConfigureAwait(false);
        var rows = source.Rows;
        var table = await new TargetChoice(engine, options).ChooseAsync(source, cancellationToken).ConfigureAwait(false);
        _table = table.Description.QualifiedName;
        progress.Begin(_table, Target);
        if (options.DryRun is DryRunKind.Check)
            return await new DryRun(engine, options, file).RunAsync(rows, table, cancellationToken).ConfigureAwait(false);

        var writing = options.Writing with { Target = new() { CreateTable = options.Create }, Progress = progress };
        if (options.DryRun is DryRunKind.Full)
            return await RehearseAsync(rows, table.Description, writing, cancellationToken).ConfigureAwait(false);
        _moving = true;
        // Off this thread: the load may be done before its first await, and someone is waiting to be shown how far it is.
        var load = Task.Run(() => new RowMoves(engine, options).RunAsync(rows, table.Description, writing, cancellationToken),
            CancellationToken.None);
        await progress.WatchAsync(load).ConfigureAwait(false);
        var result = await load.ConfigureAwait(false);
        var notes = options.Target.IsPostgres && result.Inserted > 0
            ? await SequenceLag.FindAsync(engine, result.Plan, cancellationToken).ConfigureAwait(false)
            : [];
        IReadOnlyList<string> all = options.Create && NoteOf(result.Plan.Table) is { } note ? [.. notes, note] : notes;
        return LoadReport.Of(result, file, Target) with { Notes = all.Count > 0 ? all : null };
    }

    // The load itself, in a transaction that ends without a commit. What a sequence has given out it does not take back.
    async Task<LoadReport> RehearseAsync(RowSource rows, Table table, BulkOptions writing, CancellationToken cancellationToken)
    {
        var transaction = await engine.BeginAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await using var disposal = transaction.ConfigureAwait(false);
        _moving = true;
        var load = Task.Run(() => new RowMoves(transaction, options).RunAsync(rows, table, writing with { Commit = CommitPolicy.Atomic }, cancellationToken),
            CancellationToken.None);
        await progress.WatchAsync(load).ConfigureAwait(false);
        return LoadReport.Of(await load.ConfigureAwait(false), file, Target) with { Status = "rolledBack", Notes = [$"the load was rolled back. {Sluice.Kept.Nothing}"] };
    }

    // What is created by CREATE TABLE is a table of the coordinator's own, which works, and is where nobody looks for it.
    static string? NoteOf(Table table) => table.Traits.HasFlag(TableTraits.Undistributed)
        ? $"'{table.QualifiedName}' is on the coordinator alone; SELECT create_distributed_table({SqlDialect.QuoteText(table.QualifiedName)}, '<column>') spreads its rows."
        : null;

    async Task<LoadSource> OpenAsync(Engine? other, CancellationToken cancellationToken)
    {
        if (other is not null)
            return LoadSource.Of(await options.Input!.Rows.OpenAsync(other, options.Input.Address, cancellationToken).ConfigureAwait(false));
        if (file is "-" && options.Progress is not (ProgressKind.Json or ProgressKind.None))
            StandardInput.TellWhoTypes("load");
        var rows = file is "-"
            ? await FileRows.OpenAsync(new StandardInput(cancellationToken), "stdin", length: null, options.Reading,
                cancellationToken).ConfigureAwait(false)
            : await FileRows.OpenAsync(file, options.Reading, cancellationToken).ConfigureAwait(false);
        FileFlags.RefuseForJsonLines(options.Reading, rows);
        _notes = FileNotes.Of(rows, options);
        return LoadSource.Of(rows);
    }

    LoadReport Failed(string status, LoadError error, long kept, long inDoubt = 0)
    {
        var latest = progress.Latest;
        var read = Math.Max(latest.Read, kept + inDoubt);
        return new LoadReport
        {
            Status = status,
            File = file,
            Table = _table,
            Target = Target,
            Read = read,
            Inserted = options.Mode is LoadMode.Update or LoadMode.Delete ? 0 : kept,
            Updated = options.Mode is LoadMode.Update ? kept : 0,
            Deleted = options.Mode is LoadMode.Delete ? kept : 0,
            Loaded = kept,
            Remaining = read - kept - inDoubt,
            InDoubt = inDoubt,
            Chunks = latest.Chunks,
            Commits = kept > 0 ? latest.Chunks : 0,
            Bytes = latest.Bytes,
            ElapsedSeconds = Math.Round(latest.Elapsed.TotalSeconds, 6),
            RowsPerSecond = Math.Round(read / Math.Max(latest.Elapsed.TotalSeconds, 1e-6)),
            Error = error,
        };
    }

    LoadError ErrorOf(Exception failure)
    {
        var row = failure as BulkRowException;
        return new LoadError
        {
            ExitCode = ExitCode.Of(failure),
            Code = (failure as BulkException)?.Code,
            Message = MessageOf(failure),
            Row = row?.RowNumber,
            Column = row?.ColumnName ?? (failure as FileSourceException)?.Column,
            Constraint = row?.ConstraintName,
            SqlState = (failure as BulkException)?.SqlState,
        };
    }

    // A source does not know what became of the rows before; the core's own errors say it themselves.
    string MessageOf(Exception failure) =>
        failure is BulkException and not (FileSourceException or StatementException) ? CommandWords.Describe(failure)
        : CommandWords.Describe(failure, _moving ? WhatWasKept() : Sluice.Kept.NothingSent);

    long Kept => options.DryRun is DryRunKind.None && options.Writing.Commit == CommitPolicy.Atomic ? 0 : progress.Latest.Committed;

    Kept WhatWasKept() => Kept > 0 ? Sluice.Kept.Committed(Kept)
        : progress.Latest.Sent is > 0 and var sent ? Sluice.Kept.SentRolledBack(sent)
        : Sluice.Kept.Nothing;

    // The engine that rows come from, where there is one, is closed after them.
    readonly struct Closing(Engine? engine) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => engine?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
