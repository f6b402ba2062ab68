namespace Sluice.Sqlite.Tests.Binders;

/// <summary>A row of one value; the number says which.</summary>
public readonly record struct Stored<T>(int Id, T V);
