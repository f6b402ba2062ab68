using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Docs.Tests.Snippets;

// docs: row-type
[Table("metrics")]
public partial record Metric([property: Key] long Id, DateTimeOffset TakenAt, double Value, string? Note);
// end
