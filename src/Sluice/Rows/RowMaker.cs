namespace Sluice.Rows;

/// <summary>Makes a row from a reader, compiled at run time.</summary>
delegate T RowMaker<T, TReader>(ref TReader reader);
