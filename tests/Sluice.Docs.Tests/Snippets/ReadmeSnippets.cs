using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Sluice.PostgreSql;
using Sluice.Specification.Databases;
using Sluice.Sqlite;

namespace Sluice.Docs.Tests.Snippets;

// docs: row-type
[Table("readings")]
public partial record Measurement([property: Key] long Id, DateTimeOffset TakenAt, double Value, string? Note);
// end
