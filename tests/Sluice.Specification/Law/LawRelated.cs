using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Specification.Law;

/// <summary>A row that others are related to by its value.</summary>
[Table("law_parents")]
public sealed class LawParent<T>
{
    [Key]
    public required T V { get; set; }

    public int N { get; set; }

    [ForeignKey(nameof(LawChild<>.ParentV))]
    public ICollection<LawChild<T>> Children { get; } = [];
}

/// <summary>A row that is related to another one by that one's value.</summary>
[Table("law_children")]
public sealed class LawChild<T>
{
    [Key]
    public int Id { get; set; }

    public required T ParentV { get; set; }
}
