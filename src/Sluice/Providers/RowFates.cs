using System.Diagnostics.CodeAnalysis;

namespace Sluice.Providers;

/// <summary>What became of a few rows that were written at once.</summary>
/// <param name="Fates">As the database counted them.</param>
/// <param name="Bytes">The bytes that they took, as encoded.</param>
[Experimental(ExperimentalFor.Providers)]
public readonly record struct AtOnceOutcome(RowFates Fates, long Bytes);

/// <summary>What became of rows that were sent, as the database counted them. Those in none of the counts were skipped.</summary>
/// <param name="Inserted">Rows that are new in the table.</param>
/// <param name="Updated">Rows that changed one that was there.</param>
/// <param name="Deleted">Rows that removed one.</param>
/// <param name="Unchanged">Rows whose counterpart a condition left as it was.</param>
/// <param name="Removed">Rows of the table that a sync removed, which no row was sent for.</param>
[Experimental(ExperimentalFor.Providers)]
public readonly record struct RowFates(long Inserted, long Updated = 0, long Deleted = 0, long Unchanged = 0, long Removed = 0)
{
    /// <summary>The sent rows that were not skipped.</summary>
    public long Loaded => Inserted + Updated + Deleted + Unchanged;

    /// <summary>Adds counts.</summary>
    public static RowFates operator +(RowFates left, RowFates right) => Add(left, right);

    /// <summary>Adds counts.</summary>
    public static RowFates Add(RowFates left, RowFates right) => new(
        left.Inserted + right.Inserted, left.Updated + right.Updated, left.Deleted + right.Deleted, left.Unchanged + right.Unchanged, left.Removed + right.Removed);
}
