using Sluice.Rows;

namespace Sluice.Reading.Related;

/// <summary>Related rows, each of which is taken to its group while the result is read.</summary>
/// <param name="rows">What the rows become.</param>
/// <param name="form">How their keys are read.</param>
/// <param name="query">The relation.</param>
/// <param name="groups">Takes the rows.</param>
/// <param name="all">Takes them too, for what is related to them; null where nothing is read.</param>
/// <param name="isAsked">Whether the database was asked for the groups' keys and no others.</param>
sealed class GroupShape<TChild, TKey>(
    ResultShape<TChild> rows, RelationKey<TKey> form, RelatedQuery query, RelatedGroups<TChild, TKey> groups, List<TChild>? all, bool isAsked) : ResultShape<bool>
    where TChild : class
    where TKey : notnull
{
    int[] _key = [];

    public override void Bind(IReadOnlyList<string> columns)
    {
        rows.Bind(columns);
        _key = [.. query.KeyColumns.Select(name => columns.Index().First(c => string.Equals(c.Item, name, StringComparison.Ordinal)).Index)];
    }

    public override bool Read<TReader>(ref TReader reader) => Maker<TReader>()(ref reader);

    public override RowMaker<bool, TReader> Maker<TReader>()
    {
        var makeRow = rows.Maker<TReader>();
        var makeKey = form.Reader<TReader>(_key);
        return (ref reader) =>
        {
            var row = makeRow(ref reader);
            if (groups.TryAdd(makeKey(ref reader), row))
                all?.Add(row);
            else if (isAsked)
                throw RelationProblems.OtherKey(query.Name);
            return true;
        };
    }
}
