using Sluice.Generators.Models;

namespace Sluice.Generators.Parsing;

/// <summary>A property that is a column, with the type of its values. Lives only while a type is parsed.</summary>
sealed record ParsedColumn(RowProperty Property, ValueModel Value);
