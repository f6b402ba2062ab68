
namespace Sluice.Files;

/// <summary>A column of a file.</summary>
/// <param name="Header">The header or JSON key as the file has it; "column1" and so on where there is none.</param>
/// <param name="Name">The name of the table's column that it fills: the header without surrounding blanks, or what it is mapped to.</param>
/// <param name="Type">The type that was detected from the sample, or told.</param>
/// <param name="IsNullable">Whether the sample had rows without a value, or no rows.</param>
public sealed record FileColumn(string Header, string Name, SqlType Type, bool IsNullable);
