using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Specification.Statements;

/// <summary>A row of the parents that statements are tried on.</summary>
[Table("parts")]
public sealed partial record Part([property: Key] long Id, string Name, long? ParentId, double Weight, bool Active, DateTimeOffset? UpdatedAt);

/// <summary>A row of a table with a key of two columns.</summary>
[Table("stock")]
public sealed partial record Stock([property: Key] long PartId, [property: Key] string Place, int Amount, decimal Price);
