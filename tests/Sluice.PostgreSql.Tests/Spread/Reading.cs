using System.ComponentModel.DataAnnotations;

namespace Sluice.PostgreSql.Tests.Spread;

/// <summary>A row of a table that several servers keep.</summary>
[RowOf("readings")]
public sealed partial record Reading([property: Key] long Id, string Name, int Value)
{
    internal static Reading[] Many(int count, int from = 1, int value = 0) => [.. Enumerable.Range(from, count).Select(i => new Reading(i, $"r{i}", value))];
}
