using System.Diagnostics.Metrics;
using Sluice.Statements;

namespace Sluice.Rendering;

/// <summary>The texts of statements by their structure. The least used go when there are half as many again as are kept.</summary>
sealed class StatementCache(int size)
{
    static readonly Meter s_meter = new("Sluice");
    static readonly Counter<long> s_hits = s_meter.CreateCounter<long>("sluice.statement_cache.hits");
    static readonly Counter<long> s_misses = s_meter.CreateCounter<long>("sluice.statement_cache.misses");
    static readonly Counter<long> s_evictions = s_meter.CreateCounter<long>("sluice.statement_cache.evictions");

    readonly Lock _lock = new();
    readonly Dictionary<StatementKey, Entry> _entries = [];
    long _clock;
    long _hits;
    long _misses;

    internal long Hits => Interlocked.Read(ref _hits);

    internal long Misses => Interlocked.Read(ref _misses);

    internal CompiledStatement GetOrAdd(StatementKey statement, Func<StatementKey, CompiledStatement> compile)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(statement, out var entry))
            {
                entry.Used = ++_clock;
                _hits++;
                s_hits.Add(1);
                return entry.Compiled;
            }
            _misses++;
        }
        s_misses.Add(1);
        var compiled = compile(statement);
        lock (_lock)
        {
            if (size > 0)
                _entries[statement] = new Entry(compiled) { Used = ++_clock };
            if (_entries.Count > size + (size / 2))
                Prune();
        }
        return compiled;
    }

    void Prune()
    {
        var old = _entries.OrderBy(e => e.Value.Used).Take(_entries.Count - size).Select(e => e.Key).ToArray();
        foreach (var statement in old)
            _entries.Remove(statement);
        s_evictions.Add(old.Length);
    }

    sealed class Entry(CompiledStatement compiled)
    {
        internal CompiledStatement Compiled { get; } = compiled;

        internal long Used { get; set; }
    }
}

/// <summary>The text of a structure, and which of a statement's values goes where.</summary>
sealed record CompiledStatement(string Text, IReadOnlyList<ExprNode> Slots)
{
    internal bool MayChangeSession { get; init; }

    internal bool OnlyReads { get; init; }
}
