namespace Sluice;

/// <summary>What becomes of input rows that have the same key as another one.</summary>
public enum Duplicates
{
    /// <summary>The second one is an error that names both rows, before either of them counts.</summary>
    Error,

    /// <summary>The first one counts; later ones are skipped.</summary>
    KeepFirst,

    /// <summary>
    /// The last one counts; earlier ones are skipped. All rows are held in memory, for only the end tells which was the last.
    /// </summary>
    KeepLast,
}
