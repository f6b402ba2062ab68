using System.Text.Json;
using Sluice.Cli.Progress;
using Sluice.Cli.Streams;
using Sluice.Files;
using Sluice.Reading;

namespace Sluice.Cli;

/// <summary>One export: open the rows, write the file, say what became of it.</summary>
sealed class ExportRun(ExportOptions options)
{
    readonly LoadProgress _progress = LoadProgress.For(
        // A bar would be drawn through the rows.
        options is { IsPiped: true, Progress: ProgressKind.Auto } && !Console.IsOutputRedirected ? ProgressKind.Plain : options.Progress,
        options.Output,
        isExport: true);

    string? _source;
    string? _database;
    bool _isUnread;

    /// <returns>The exit code.</returns>
    internal async Task<int> RunAsync()
    {
        using var signals = new Signals("export");
        var report = await ReportAsync(signals).ConfigureAwait(false);
        if (_isUnread)
            return ExitCode.OutputClosed;
        _progress.End(report);
        if (!options.IsPiped && (options.Json || Console.IsOutputRedirected))
            await ResultStream.TryWriteAsync(JsonSerializer.Serialize(report, CliJson.Lines.ExportReport)).ConfigureAwait(false);
        return report.Error?.ExitCode ?? ExitCode.Done;
    }

    async Task<ExportReport> ReportAsync(Signals signals)
    {
        try
        {
            var result = await ExportAsync(signals.Token).ConfigureAwait(false);
            return Report("exported", result.Rows, result.Bytes, result.Elapsed, error: null);
        }
        catch (OperationCanceledException) when (signals.ExitCode != 0)
        {
            return Failed("interrupted", new LoadError { ExitCode = signals.ExitCode, Message = $"The export was interrupted. {Left}" });
        }
        catch (Exception failure)
        {
            return Failed("failed", new LoadError
            {
                ExitCode = ExitCode.Of(failure),
                Code = (failure as BulkException)?.Code,
                Message = MessageOf(failure),
                Row = (failure as FileSinkException)?.RowNumber,
                Column = (failure as FileSinkException)?.Column,
                SqlState = (failure as BulkException)?.SqlState,
            });
        }
    }

    Kept Left => !options.IsPiped ? Kept.NoFile : _progress.Latest.Bytes == 0 ? Kept.NothingWritten : Kept.PartWritten;

    // The database does not know of the file; what is wrong with this one, or with the arguments, says it itself.
    string MessageOf(Exception failure) =>
        failure is BulkPlanException or FileSinkException || _source is null
            ? CommandWords.Describe(failure)
            : CommandWords.Describe(failure, Left);

    async Task<FileWriteResult> ExportAsync(CancellationToken cancellationToken)
    {
        // Before the database is asked for anything.
        if (!options.IsPiped && options.Database.SqlitePath is { } read && SameFile.IsOf(read, options.Output))
            throw RunProblems.OutputIsRead(options.Output);
        if (!options.IsPiped && !options.Writing.Overwrite && FileWriter.WouldReplace(options.Output))
            throw RunProblems.OutputIsThere(options.Output);
        var engine = options.Database.Open();
        await using var disposal = engine.ConfigureAwait(false);
        _database = engine.Target.Trim('\'');
        var rows = await options.Rows.OpenAsync(engine, options.Database, cancellationToken).ConfigureAwait(false);
        await using var rowsDisposal = rows.ConfigureAwait(false);
        _source = rows.Name;
        _progress.Begin(_source, _database);
        var writing = Task.Run(() => WriteAsync(rows, cancellationToken), CancellationToken.None);
        await _progress.WatchAsync(writing).ConfigureAwait(false);
        return await writing.ConfigureAwait(false);
    }

    async Task<FileWriteResult> WriteAsync(DatabaseRows rows, CancellationToken cancellationToken)
    {
        if (!options.IsPiped)
            return await FileWriter.WriteAsync(rows, options.Output, options.Writing, _progress, cancellationToken).ConfigureAwait(false);
        var output = new StandardOutput(cancellationToken);
        await using var disposal = output.ConfigureAwait(false);
        try
        {
            return await FileWriter.WriteAsync(rows, output, "stdout", options.Writing, _progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _isUnread = output.IsClosed;
        }
    }

    ExportReport Failed(string status, LoadError error) =>
        Report(status, _progress.Latest.Sent, _progress.Latest.Bytes, _progress.Latest.Elapsed, error);

    ExportReport Report(string status, long rows, long bytes, TimeSpan elapsed, LoadError? error) => new()
    {
        Status = status,
        File = options.Output,
        Source = _source,
        Database = _database,
        Rows = rows,
        Bytes = bytes,
        ElapsedSeconds = Math.Round(elapsed.TotalSeconds, 6),
        RowsPerSecond = Math.Round(rows / Math.Max(elapsed.TotalSeconds, 1e-6)),
        Error = error,
    };
}
