using System.ComponentModel.DataAnnotations;

namespace Sluice.Specification.Changes;

[RowOf("devices")]
public sealed partial record Device([property: Key] long Site, [property: Key] string Name, int Version, double? Value, string? Note);
