using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Specification.Faults;

/// <summary>A part, which may be one of another part.</summary>
[Table("parts")]
public sealed class Part
{
    [Key]
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public long? ParentId { get; set; }

    public static Part[] Some(int from, int count) => [.. Enumerable.Range(from, count).Select(i => new Part { Id = i, Name = $"part {i}", ParentId = i > from ? from : null })];
}
