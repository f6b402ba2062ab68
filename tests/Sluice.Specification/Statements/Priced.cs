using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Specification.Statements;

/// <summary>A row of values that a database without types for them stores as texts.</summary>
[Table("priced")]
public sealed partial record Priced([property: Key] int Id, decimal Price, DateTimeOffset At, DateTime Local, TimeSpan Took, ulong Big);

/// <summary>A row whose key is an exact number.</summary>
[Table("tariffs")]
public sealed partial record Tariff([property: Key] decimal Price, string Name);
