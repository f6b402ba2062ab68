using Sluice.Rows;

namespace Sluice.Reading.Hierarchies;

/// <summary>A node of a tree as a walk comes to it.</summary>
readonly record struct TreeNode<T>(T Key, bool HasParent, T Parent, int Depth);

/// <summary>Reads a node's key, its parent and its depth.</summary>
sealed class TreeNodeShape<T> : ResultShape<TreeNode<T>>
{
    public override void Bind(IReadOnlyList<string> columns)
    {
        if (columns.Count != 3)
            throw RowProblems.WrongColumnCount(3, columns.Count);
    }

    public override TreeNode<T> Read<TReader>(ref TReader reader)
    {
        var hasParent = !reader.IsNull(1);
        return new TreeNode<T>(reader.Get<T>(0), hasParent, hasParent ? reader.Get<T>(1) : default!, reader.Get<int>(2));
    }
}
