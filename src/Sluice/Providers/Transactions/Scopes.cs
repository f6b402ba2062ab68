using System.Globalization;

namespace Sluice.Providers.Transactions;

/// <summary>A part of a transaction between a savepoint and its end.</summary>
sealed class Scope(string savepoint, bool isLoad)
{
    internal string Savepoint => savepoint;

    /// <summary>Whether it ends with a load, and not where the caller says.</summary>
    internal bool IsLoad => isLoad;

    /// <summary>When it began and when it last wrote, as counted by all that writes in the transaction.</summary>
    internal long Begun { get; init; }

    internal long Wrote { get; set; }

    /// <summary>Whether it has ended well, and its savepoint stays only for one that was set after it.</summary>
    internal bool IsKept { get; set; }

    /// <summary>Whether what it did was undone, at least in part, together with another one.</summary>
    internal bool IsUndone { get; set; }
}

/// <summary>
/// The savepoints of a transaction, which the database keeps as a stack, and the parts that they begin, which may end in any order.
/// </summary>
sealed class Scopes(string name)
{
    readonly List<Scope> _stack = [];
    long _writes;
    long _wroteAlone;

    /// <summary>Whether something was undone together with a load that failed, though its caller was told that it had been done.</summary>
    internal bool HasLost { get; set; }

    internal bool HasLoad => _stack.Exists(s => s is { IsLoad: true, IsKept: false });

    /// <exception cref="LoadFault">The database refused it.</exception>
    internal async ValueTask<Scope> BeginAsync(BulkSession session, bool isLoad, CancellationToken cancellationToken)
    {
        // By its place: the same few texts again and again, which connections keep prepared.
        var scope = new Scope(string.Create(CultureInfo.InvariantCulture, $"{name}_{_stack.Count + 1}"), isLoad) { Begun = ++_writes };
        await RunAsync(session, "SAVEPOINT ", scope, cancellationToken).ConfigureAwait(false);
        _stack.Add(scope);
        return scope;
    }

    /// <summary>Notes that a part writes, or null for a statement by itself.</summary>
    /// <exception cref="LoadFault">The part was undone together with another one.</exception>
    internal void Write(Scope? scope)
    {
        if (scope is { IsUndone: true })
            throw TransactionProblems.UndoneTogether();
        if (scope is null)
            _wroteAlone = ++_writes;
        else
            scope.Wrote = ++_writes;
    }

    /// <summary>Keeps what a part did. Its savepoint is released once all that were set after it are.</summary>
    /// <exception cref="LoadFault">The database refused it, or the part was undone together with another one.</exception>
    internal async ValueTask KeepAsync(BulkSession session, Scope scope, CancellationToken cancellationToken)
    {
        if (scope.IsUndone)
            throw TransactionProblems.UndoneTogether();
        scope.IsKept = true;
        try
        {
            await ReleaseAsync(session, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            scope.IsKept = false;
            throw;
        }
    }

    // To release one releases all after it.
    async ValueTask ReleaseAsync(BulkSession session, CancellationToken cancellationToken)
    {
        var first = _stack.FindLastIndex(s => !s.IsKept) + 1;
        if (first == _stack.Count)
            return;
        await RunAsync(session, "RELEASE SAVEPOINT ", _stack[first], cancellationToken).ConfigureAwait(false);
        _stack.RemoveRange(first, _stack.Count - first);
    }

    /// <summary>
    /// Undoes a part, and with it what can only be undone together with it: parts that began after it, and those before it that wrote
    /// since.
    /// </summary>
    /// <exception cref="LoadFault">The connection or the transaction is gone, and with it what was to be undone.</exception>
    internal async ValueTask UndoAsync(BulkSession session, Scope scope)
    {
        if (!_stack.Contains(scope))
            return;
        // One that has ended well cannot be told of it: it goes as a whole, or stays.
        var first = _stack.FindIndex(s => s == scope || (s.IsKept && s.Wrote > scope.Begun));
        var savepoint = _stack[first];
        foreach (var other in _stack.Where((s, i) => i > first || s.Wrote > scope.Begun))
            other.IsUndone = true;
        HasLost |= scope.IsLoad && (_wroteAlone > savepoint.Begun || _stack.Skip(first).Any(s => s.IsKept));
        _stack.RemoveRange(first, _stack.Count - first);
        await RunAsync(session, "ROLLBACK TO SAVEPOINT ", savepoint, CancellationToken.None).ConfigureAwait(false);
        await RunAsync(session, "RELEASE SAVEPOINT ", savepoint, CancellationToken.None).ConfigureAwait(false);
        await ReleaseAsync(session, CancellationToken.None).ConfigureAwait(false);
    }

    static Task<long> RunAsync(BulkSession session, string words, Scope scope, CancellationToken cancellationToken) =>
        session.ExecuteAsync(new RenderedStatement(words + scope.Savepoint, []), cancellationToken);
}
