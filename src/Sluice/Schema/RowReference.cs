namespace Sluice;

/// <summary>A foreign key between two row types: which properties of the one hold the key of the other, in the same order.</summary>
sealed record RowReference(IReadOnlyList<RowMember> Own, IReadOnlyList<RowMember> Key);
