using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Specification.Schema;

/// <summary>A table whose keys' made names would be longer than a server keeps.</summary>
[Table("subscriptions_of_customers_by_their_accounts_and_years")]
public sealed partial record LongNamed(
    [property: Key] long Id, [property: Unique] string ReferenceGivenByTheAccountant, [property: Unique] string ReferenceGivenByTheAccountantsOwnOffice, [property: Unique] int Größe);
