using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice;

/// <summary>Says of which table a type is a row, as <see cref="TableAttribute"/> does, which the base library allows on classes only.</summary>
/// <param name="name">The table's name, without quotes.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class RowOfAttribute(string name) : TableAttribute(name);
