namespace Sluice.Sqlite.Schema;

/// <summary>Which storage class a column turns values into.</summary>
enum Affinity
{
    Blob,
    Text,
    Numeric,
    Integer,
    Real,
}
