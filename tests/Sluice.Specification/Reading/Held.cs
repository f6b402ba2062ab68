using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Specification.Reading;

/// <summary>A row with many others.</summary>
[Table("held")]
public sealed partial class Held
{
    public int Id { get; set; }

    public List<HeldPart> Parts { get; set; } = [];
}

[Table("held_parts")]
public sealed partial class HeldPart
{
    public int Id { get; set; }

    public int HeldId { get; set; }

    public string Text { get; set; } = "";
}
