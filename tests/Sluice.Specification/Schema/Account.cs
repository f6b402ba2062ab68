using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Specification.Schema;

/// <summary>A table with a constraint of every kind.</summary>
[Table("account")]
[Check("balance >= 0", Name = "account_balance_check")]
[Check("currency <> 'it''s) --'")]
public sealed partial record Account(
    [property: Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)] long Id,
    [property: Unique] string Email,
    [property: Unique(Name = "account_place")] string Country,
    [property: Unique(Name = "account_place")] int Number,
    [property: Default("'EUR'")] string Currency,
    [property: Default("0")] double Balance,
    [property: Default("now()")] DateTimeOffset Opened,
    long? OwnerId)
{
    [ForeignKey(nameof(OwnerId))]
    public Owner? Owner { get; init; }
}

[Table("owner")]
public sealed partial record Owner([property: Key] long Id, string Name);
