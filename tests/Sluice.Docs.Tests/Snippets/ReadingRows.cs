using System.ComponentModel.DataAnnotations;

namespace Sluice.Docs.Tests.Snippets;

[RowOf("samples")]
public readonly partial record struct Sample([property: Key] long Id, int Sensor, double Value, DateTimeOffset TakenAt);

[RowOf("scores")]
public readonly partial record struct Score([property: Key] long Id, double Percent);

[RowOf("categories")]
public readonly partial record struct Category([property: Key] long Id, string Name, long? ParentId, int Depth);

[RowOf("dependencies")]
public readonly partial record struct Dependency([property: Key] long TaskId, [property: Key] long DependsOn);
