using System.Diagnostics.CodeAnalysis;
using Sluice.Loading;
using Sluice.Planning;
using Sluice.Rows;

namespace Sluice;

/// <summary>The verbs that hand each row back with what became of it.</summary>
public static class ReturningVerbs
{
    const DynamicallyAccessedMemberTypes Members = DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>Inserts rows and hands each back with what a column of it holds, as the number that the database gave it.</summary>
    /// <param name="engine">The database.</param>
    /// <param name="rows">Enumerated once, in order.</param>
    /// <param name="column">The column whose value is wanted.</param>
    /// <param name="options">Null for the defaults. Rows keep the order of the source.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <exception cref="BulkPlanException">Rows and table do not fit, or the database cannot tell which row has which value. Nothing was sent.</exception>
    /// <exception cref="BulkRowException">A row was refused. Rolled back, but for chunks committed before.</exception>
    public static ReturnedRows<T, TValue> InsertReturningAsync<[DynamicallyAccessedMembers(Members)] T, TValue>(
        this Database engine, IEnumerable<T> rows, Column<TValue> column, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Returned(engine, rows, [column], static () => new ScalarShape<TValue>(), new InsertIntent(), options, cancellationToken);
    }

    /// <summary>Inserts rows and hands each back with what columns of it holds, as the number that the database gave it.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TValue">What the columns become: a row type that has them, or a dictionary.</typeparam>
    /// <param name="engine">The database.</param>
    /// <param name="rows">Enumerated once, in order.</param>
    /// <param name="columns">The columns whose values are wanted.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="InsertReturningAsync{T, TValue}(Database, IEnumerable{T}, Column{TValue}, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> InsertReturningAsync<[DynamicallyAccessedMembers(Members)] T, [DynamicallyAccessedMembers(Members)] TValue>(
        this Database engine, IEnumerable<T> rows, IReadOnlyList<Column> columns, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Returned(engine, rows, columns, ResultShape.For<TValue>, new InsertIntent(), options, cancellationToken);

    /// <summary>Upserts rows and hands each back with what became of it and what a column of it holds, also where it was left as it was.</summary>
    /// <param name="engine">The database.</param>
    /// <param name="rows">Enumerated once, in order.</param>
    /// <param name="column">The column whose value is wanted.</param>
    /// <param name="on">As for the verb that returns nothing.</param>
    /// <param name="options">Null for the defaults. Rows keep the order of the source.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <exception cref="BulkPlanException">Rows and table do not fit, or the database cannot tell which row has which value. Nothing was sent.</exception>
    /// <exception cref="BulkRowException">A row was refused. Rolled back, but for chunks committed before.</exception>
    public static ReturnedRows<T, TValue> UpsertReturningAsync<[DynamicallyAccessedMembers(Members)] T, TValue>(
        this Database engine, IEnumerable<T> rows, Column<TValue> column, Func<UpsertTarget, UpsertTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Returned(engine, rows, [column], static () => new ScalarShape<TValue>(), new UpsertIntent(Database.Described(on)), options, cancellationToken);
    }

    /// <summary>Upserts rows and hands each back with what became of it and what columns of it holds, also where it was left as it was.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TValue">What the columns become: a row type that has them, or a dictionary.</typeparam>
    /// <param name="engine">The database.</param>
    /// <param name="rows">Enumerated once, in order.</param>
    /// <param name="columns">The columns whose values are wanted.</param>
    /// <param name="on">As for the verb that returns nothing.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="UpsertReturningAsync{T, TValue}(Database, IEnumerable{T}, Column{TValue}, Func{UpsertTarget, UpsertTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> UpsertReturningAsync<[DynamicallyAccessedMembers(Members)] T, [DynamicallyAccessedMembers(Members)] TValue>(
        this Database engine, IEnumerable<T> rows, IReadOnlyList<Column> columns, Func<UpsertTarget, UpsertTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Returned(engine, rows, columns, ResultShape.For<TValue>, new UpsertIntent(Database.Described(on)), options, cancellationToken);

    /// <summary>Updates rows and hands each back with what a column of it holds; those without a counterpart as <see cref="RowAction.Skipped"/>.</summary>
    /// <param name="engine">The database.</param>
    /// <param name="rows">Enumerated once, in order.</param>
    /// <param name="column">The column whose value is wanted.</param>
    /// <param name="on">As for the verb that returns nothing.</param>
    /// <param name="options">Null for the defaults. Rows keep the order of the source.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <exception cref="BulkPlanException">Rows and table do not fit, or the database cannot tell which row has which value. Nothing was sent.</exception>
    /// <exception cref="BulkRowException">A row was refused. Rolled back, but for chunks committed before.</exception>
    public static ReturnedRows<T, TValue> UpdateReturningAsync<[DynamicallyAccessedMembers(Members)] T, TValue>(
        this Database engine, IEnumerable<T> rows, Column<TValue> column, Func<UpdateTarget, UpdateTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Returned(engine, rows, [column], static () => new ScalarShape<TValue>(), new KeyedIntent(Database.Described(on), deletes: false), options, cancellationToken);
    }

    /// <summary>Updates rows and hands each back with what columns of it holds; those without a counterpart as <see cref="RowAction.Skipped"/>.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TValue">What the columns become: a row type that has them, or a dictionary.</typeparam>
    /// <param name="engine">The database.</param>
    /// <param name="rows">Enumerated once, in order.</param>
    /// <param name="columns">The columns whose values are wanted.</param>
    /// <param name="on">As for the verb that returns nothing.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="UpdateReturningAsync{T, TValue}(Database, IEnumerable{T}, Column{TValue}, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> UpdateReturningAsync<[DynamicallyAccessedMembers(Members)] T, [DynamicallyAccessedMembers(Members)] TValue>(
        this Database engine, IEnumerable<T> rows, IReadOnlyList<Column> columns, Func<UpdateTarget, UpdateTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Returned(engine, rows, columns, ResultShape.For<TValue>, new KeyedIntent(Database.Described(on), deletes: false), options, cancellationToken);

    /// <summary>Deletes rows and hands each back with what a column of it held; those without a counterpart as <see cref="RowAction.Skipped"/>.</summary>
    /// <param name="engine">The database.</param>
    /// <param name="rows">Enumerated once, in order.</param>
    /// <param name="column">The column whose value is wanted.</param>
    /// <param name="on">As for the verb that returns nothing.</param>
    /// <param name="options">Null for the defaults. Rows keep the order of the source.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <exception cref="BulkPlanException">Rows and table do not fit, or the database cannot tell which row has which value. Nothing was sent.</exception>
    /// <exception cref="BulkRowException">A row was refused. Rolled back, but for chunks committed before.</exception>
    public static ReturnedRows<T, TValue> DeleteReturningAsync<[DynamicallyAccessedMembers(Members)] T, TValue>(
        this Database engine, IEnumerable<T> rows, Column<TValue> column, Func<UpdateTarget, UpdateTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Returned(engine, rows, [column], static () => new ScalarShape<TValue>(), new KeyedIntent(TargetCheck.ForDelete(Database.Described(on)), deletes: true), options, cancellationToken);
    }

    /// <summary>Deletes rows and hands each back with what columns of it held; those without a counterpart as <see cref="RowAction.Skipped"/>.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <typeparam name="TValue">What the columns become: a row type that has them, or a dictionary.</typeparam>
    /// <param name="engine">The database.</param>
    /// <param name="rows">Enumerated once, in order.</param>
    /// <param name="columns">The columns whose values are wanted.</param>
    /// <param name="on">As for the verb that returns nothing.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="DeleteReturningAsync{T, TValue}(Database, IEnumerable{T}, Column{TValue}, Func{UpdateTarget, UpdateTarget}?, BulkOptions?, CancellationToken)"/>
    public static ReturnedRows<T, TValue> DeleteReturningAsync<[DynamicallyAccessedMembers(Members)] T, [DynamicallyAccessedMembers(Members)] TValue>(
        this Database engine, IEnumerable<T> rows, IReadOnlyList<Column> columns, Func<UpdateTarget, UpdateTarget>? on = null, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        Returned(engine, rows, columns, ResultShape.For<TValue>, new KeyedIntent(TargetCheck.ForDelete(Database.Described(on)), deletes: true), options, cancellationToken);

    static ReturnedRows<T, TValue> Returned<[DynamicallyAccessedMembers(Members)] T, TValue>(
        Database engine, IEnumerable<T> rows, IReadOnlyList<Column> columns, Func<ResultShape<TValue>> shape, IWriteIntent intent, BulkOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
            throw new ArgumentException("Name at least one column.", nameof(columns));
        return new(new ReturningLoad<T, TValue>(engine, RowSource.From(rows), intent, columns, shape, options ?? BulkOptions.Default), cancellationToken);
    }
}
