using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Generators.Tests.Rows;

[Table("constrained")]
[Check("number > 0", Name = "positive")]
[Check("text <> 'it''s'")]
public partial record Constrained(
    [property: Key] int Id, [property: Unique] string Text, [property: Unique(Name = "both")] int Number, [property: Unique(Name = "both"), Default("'a \"b\"'")] string Other);

[Table("constrained_by_names_that_are_longer_than_databases_keep")]
public sealed partial record ConstrainedByLongNames([property: Key] long Id, [property: Unique] string ReferenceGivenByTheAccountant);
