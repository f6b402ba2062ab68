namespace Sluice.Rows;

/// <summary>Makes a row from the values of a reader.</summary>
public delegate T RowMaker<T, TReader>(ref TReader reader);
