using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Specification.Reading.Related;

/// <summary>Takes one badge, though nothing in the database says that there is one only.</summary>
[Table("r_owners")]
public sealed partial class Owner
{
    public int Id { get; set; }

    public Badge? Badge { get; set; }
}

[Table("r_badges")]
public sealed partial class Badge
{
    public int Id { get; set; }

    public int OwnerId { get; set; }
}

[Table("r_books")]
public sealed partial class Book
{
    [Key]
    public string Isbn { get; set; } = "";
}

[Table("r_pages")]
public sealed partial class Page
{
    public int Id { get; set; }

    public string Isbn { get; set; } = "";

    [ForeignKey(nameof(Isbn))]
    public Book? Book { get; set; }
}
