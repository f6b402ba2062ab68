using System.Diagnostics.CodeAnalysis;
using Sluice.Loading;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice;

/// <summary>What all verbs come to: an operation over the rows of a source.</summary>
static class Verb
{
    internal const DynamicallyAccessedMemberTypes RowMembers = DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    internal static Task<BulkResult> RunAsync(
        SessionSource database, RowSource rows, Table? table, Operation operation, BulkOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(rows);
        return rows.Accept(new LoadRun(new LoadRequest(database, table, operation, options ?? BulkOptions.Default), cancellationToken));
    }

    internal static Task<BulkPlan> PlanAsync(
        SessionSource database, RowSource rows, Table? table, Operation operation, BulkOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(rows);
        var request = new LoadRequest(database, table, operation, options ?? BulkOptions.Default);
        _ = request.TargetOf(rows);
        return rows.Accept(new PlanRun(request, cancellationToken));
    }

    /// <summary>Reads rows as a load does, and holds them against the table by the load's own rules; sends none.</summary>
    /// <param name="database">Where the table is.</param>
    /// <param name="rows">Read once, and disposed.</param>
    /// <param name="table">The table.</param>
    /// <param name="isFound">Whether the catalog has it; otherwise it is checked as it would be created.</param>
    /// <param name="operation">What the rows would do.</param>
    /// <param name="options">The load's.</param>
    /// <param name="refused">Told of every row that would be refused before the database is asked.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    internal static Task<CheckResult> CheckAsync(SessionSource database, RowSource rows, Table table, bool isFound, Operation operation,
        BulkOptions options, Action<Failure> refused, CancellationToken cancellationToken) =>
        rows.Accept(new CheckRun(new LoadRequest(database, table, operation, options), isFound ? null : table, refused, cancellationToken));

    internal static ReturnedRows<T, TValue> Returning<T, TValue>(
        SessionSource database, RowSource<T> rows, Table? table, Column<TValue> column, Operation operation, BulkOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Returning(database, rows, table, [column], static () => new ScalarShape<TValue>(), operation, options, cancellationToken);
    }

    internal static ReturnedRows<T, TValue> Returning<T, TValue>(
        SessionSource database, RowSource<T> rows, Table? table, IReadOnlyList<Column> columns, Func<ResultShape<TValue>> shape, Operation operation,
        BulkOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new ArgumentException("Name at least one column.", nameof(columns));
        return new(new ReturningLoad<T, TValue>(new LoadRequest(database, table, operation, options ?? BulkOptions.Default), rows, columns, shape),
            cancellationToken);
    }
}
