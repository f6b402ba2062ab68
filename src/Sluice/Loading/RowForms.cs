using System.Collections.Concurrent;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>
/// The forms that rows of one load have: which of the fields each leaves out, as far as the database would do something else for it.
/// </summary>
/// <remarks>
/// Rows of one form are written by a plan of their own, which does not name what they leave out. Where a column has no default, an insert
/// need not tell a field that is left out from one without a value.
/// </remarks>
sealed class RowForms<T>
{
    readonly RowSource<T> _source;
    readonly BulkPlan _plan;
    readonly int[] _fields;
    readonly char[] _room;
    readonly Dictionary<string, int> _known = [];
    readonly List<string> _forms = [];
    readonly ConcurrentDictionary<int, BulkPlan> _plans = [];

    RowForms(BulkPlan plan, RowSource<T> source, int[] fields)
    {
        (_plan, _source, _fields) = (plan, source, fields);
        _room = new char[fields.Length];
        Array.Fill(_room, '1');
        FormOf(new string(_room));
    }

    /// <summary>The forms of a source whose rows may leave fields out, or null where that makes no difference.</summary>
    internal static RowForms<T>? For(BulkPlan plan, RowSource<T> source)
    {
        if (!source.MayLeaveOut)
            return null;
        int[] fields = [.. plan.Columns.Where(c => Matters(plan, c)).Select(c => c.FieldIndex)];
        return fields.Length == 0 ? null : new(plan, source, fields);
    }

    static bool Matters(BulkPlan plan, PlanColumn column) => plan.Write is { Statement: not { Inserts: true, CanUpdate: false } }
        ? plan.Key.All(k => k.Name != column.Target.Name)
        : column.Target.Default is not null || column.Target.Generated is not Generated.Never;

    /// <summary>A chunk's rows by their forms, in the order in which each was met.</summary>
    internal IEnumerable<RowChunk<T>> Split(RowChunk<T> chunk)
    {
        var forms = new int[chunk.Count];
        var isOne = true;
        for (var i = 0; i < forms.Length; i++)
        {
            forms[i] = FormOf(chunk.Rows[i]);
            isOne &= forms[i] == forms[0];
        }
        if (isOne && (forms.Length == 0 || forms[0] == 0))
            return [chunk];
        return forms.Index().GroupBy(f => f.Item, f => f.Index).Select(rows => Part(chunk, rows.Key, [.. rows])).ToList();
    }

    static RowChunk<T> Part(RowChunk<T> chunk, int form, int[] rows) =>
        new([.. rows.Select(i => chunk.Rows[i])], [.. rows.Select(i => (int)(chunk.OrdinalOf(i) - chunk.FirstOrdinal))])
        {
            FirstOrdinal = chunk.FirstOrdinal,
            Count = rows.Length,
            FollowsOrder = chunk.FollowsOrder,
            Form = form,
        };

    int FormOf(T row)
    {
        var all = true;
        for (var i = 0; i < _fields.Length; i++)
        {
            var has = !_source.LeavesOut(row, _fields[i]);
            _room[i] = has ? '1' : '0';
            all &= has;
        }
        if (all)
            return 0;
        return _known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(_room, out var form) ? form : FormOf(new string(_room));
    }

    int FormOf(string form)
    {
        _known.Add(form, _forms.Count);
        _forms.Add(form);
        return _forms.Count - 1;
    }

    /// <summary>The plan for rows of a form.</summary>
    /// <param name="session">Makes it.</param>
    /// <param name="load">What is asked for.</param>
    /// <param name="request">The whole rows' request.</param>
    /// <param name="chunk">Rows of the form.</param>
    /// <exception cref="LoadFault">Rows of that form cannot be written.</exception>
    internal BulkPlan PlanOf(BulkSession session, LoadRequest load, PlanRequest request, RowChunk<T> chunk)
    {
        if (chunk.Form == 0)
            return _plan;
        if (_plans.TryGetValue(chunk.Form, out var known))
            return known;
        if (_plan.Write is { RemovesOthers: true })
            throw LoadProblems.SyncOfForms(chunk.OrdinalOf(0), _source.Locate(chunk.Rows[0]));
        var left = _fields.Where((_, i) => _forms[chunk.Form][i] == '0').ToHashSet();
        int[] kept = [.. Enumerable.Range(0, request.Fields.Count).Where(i => !left.Contains(i))];
        try
        {
            var plan = LoadPlanner.Plan(session, load, request with { Fields = [.. kept.Select(i => request.Fields[i])] });
            return _plans[chunk.Form] = plan with { Columns = [.. plan.Columns.Select(c => c with { FieldIndex = kept[c.FieldIndex] })] };
        }
        catch (BulkPlanException refused)
        {
            throw LoadProblems.FormRefused(refused, chunk.OrdinalOf(0), _source.Locate(chunk.Rows[0]));
        }
    }
}
