namespace Sluice.Schema;

/// <summary>A column whose values are of one .NET type.</summary>
/// <typeparam name="T">The type of a value that is not null; whether nulls occur is <see cref="Column.IsNullable"/>.</typeparam>
/// <param name="name">The name as the database has it, without quotes.</param>
/// <param name="type">The type of the values in the database.</param>
public sealed class Column<T>(string name, SqlType type) : Column(name, type)
{
    /// <inheritdoc/>
    public override Type ClrType => typeof(T);
}
