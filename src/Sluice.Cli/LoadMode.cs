namespace Sluice.Cli;

/// <summary>What becomes of a file's rows.</summary>
enum LoadMode
{
    Insert,
    Upsert,
    Update,
    Delete,
    Sync,
}
