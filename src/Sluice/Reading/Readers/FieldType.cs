using System.Diagnostics.CodeAnalysis;

namespace Sluice.Reading.Readers;

/// <summary>The type of a reader's values, of which a trimmer leaves as much as ADO.NET promises.</summary>
readonly record struct FieldType([property: DynamicallyAccessedMembers(FieldType.Members)][param: DynamicallyAccessedMembers(FieldType.Members)] Type Type)
{
    internal const DynamicallyAccessedMemberTypes Members = DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties;

    internal static FieldType Unknown { get; } = Of<object>();

    internal static FieldType Of<[DynamicallyAccessedMembers(Members)] T>() => new(typeof(T));

    /// <summary>The type of a value that a driver made.</summary>
    internal static FieldType Of(object value) => value switch
    {
        long => Of<long>(),
        int => Of<int>(),
        short => Of<short>(),
        double => Of<double>(),
        float => Of<float>(),
        decimal => Of<decimal>(),
        bool => Of<bool>(),
        string => Of<string>(),
        byte[] => Of<byte[]>(),
        Guid => Of<Guid>(),
        DateTime => Of<DateTime>(),
        DateTimeOffset => Of<DateTimeOffset>(),
        DateOnly => Of<DateOnly>(),
        TimeOnly => Of<TimeOnly>(),
        TimeSpan => Of<TimeSpan>(),
        _ => Unknown,
    };
}
