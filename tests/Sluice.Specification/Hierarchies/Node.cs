using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Specification.Hierarchies;

/// <summary>A node of a tree that says who its parent is.</summary>
[RowOf("nodes")]
public readonly partial record struct Node([property: Key] long Id, string Name, long? ParentId, long? Size, long Total);

/// <summary>The same, whose keys are texts of a limited length.</summary>
[RowOf("named_nodes")]
public sealed partial record NamedNode([property: Key, MaxLength(40)] string Code, [property: MaxLength(40)] string? Above);

/// <summary>A task that waits for another.</summary>
[RowOf("dependencies")]
public readonly partial record struct Dependency(long? TaskId, [property: Column("depends_on")] long? DependsOn, string Kind);
