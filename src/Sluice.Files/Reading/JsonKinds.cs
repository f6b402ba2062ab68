namespace Sluice.Files.Reading;

/// <summary>The kinds of JSON values that a column has had.</summary>
[Flags]
enum JsonKinds
{
    None = 0,
    Text = 1,
    Number = 2,
    Truth = 4,
    Nested = 8,
}
