namespace Sluice.Rows;

/// <summary>Writes the values of a row, compiled at run time.</summary>
delegate void RowWriter<T, TSink>(ref T row, ref TSink sink);
