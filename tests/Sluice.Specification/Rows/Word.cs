namespace Sluice.Specification.Rows;

/// <summary>A row of a table without a key.</summary>
[RowOf("words")]
public readonly partial record struct Word(string W, int K);
