using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.Docs.Tests.Snippets;

// docs: statement-rows
[Table("readings")]
public partial record Reading([property: Key] long DeviceId, [property: Key] DateTimeOffset TakenAt, double Value, DateTimeOffset? UpdatedAt);

[Table("staging")]
public partial record Staged([property: Key] long SourceId, string NewStatus);

[Table("targets")]
public partial record Target([property: Key] long Id, string Status, DateTimeOffset? ProcessedAt);

[Table("flare")]
public partial record FlareClass([property: Key] long Id, string Name, long? Parent, long? Size);
// end

[Table("shelves")]
public sealed class Shelf
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public List<Book> Books { get; } = [];
}

[Table("books")]
public sealed class Book
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; set; }

    public long ShelfId { get; set; }

    public string Title { get; set; } = "";
}
