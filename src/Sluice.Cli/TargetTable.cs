
namespace Sluice.Cli;

/// <summary>The table that a file is loaded into.</summary>
/// <param name="Description">As the catalog has it, or as it would be created.</param>
/// <param name="IsFound">Whether the catalog was asked and has it.</param>
readonly record struct TargetTable(Table Description, bool IsFound);
