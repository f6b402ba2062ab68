using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rows;

/// <summary>One value that a row source supplies for every row.</summary>
/// <param name="Name">The name of the column that it fills.</param>
/// <param name="ClrType">The .NET type of its values that are not null; <see cref="string"/> for values read from text.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[Experimental(ExperimentalFor.Providers)]
public sealed record RowField(string Name, Type ClrType)
{
    /// <summary>Whether a row may have no value here.</summary>
    /// <value>True.</value>
    public bool IsNullable { get; init; } = true;

    /// <summary>Whether the database supplies the value of a new row, so that an insert leaves the field out.</summary>
    /// <value>False.</value>
    public bool IsGenerated { get; init; }

    /// <summary>Whether the values are text that is parsed into the type of the column they are bound to.</summary>
    /// <value>False.</value>
    public bool IsParsed { get; init; }

    /// <summary>How the user knows the field, as 'Order.Lines' or a file's header; null where it is the name.</summary>
    public string? Origin { get; init; }
}
