namespace Sluice.Files.Detection;

/// <summary>What a text looks like.</summary>
enum TextClass
{
    None,
    Truth,
    /// <summary>A number; what it takes to keep it, <see cref="NumberNeeds"/> says.</summary>
    Number,
    Date,
    Timestamp,
    PointInTime,
    Uuid,
    Text,
}
