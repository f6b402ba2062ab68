using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Docs.Tests.Snippets;

[Table("samples")]
public sealed partial record Sample([property: Key] long Id, string Station, double Celsius);

[Table("reports")]
public sealed partial record Report([property: Key] long Id, string Station, double Fahrenheit);

// docs: hierarchy-rows
[Table("parts")]
public partial record Part([property: Key] long Id, long? ParentId, string Name, double Weight);

[Table("waits")]
public partial record Wait([property: Key] long TaskId, [property: Key] long DependsOn);
// end
