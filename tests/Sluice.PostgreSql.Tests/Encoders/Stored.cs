namespace Sluice.PostgreSql.Tests.Encoders;

/// <summary>A row of one value; the number says which.</summary>
public readonly record struct Stored<T>(int Id, T V);
