using Sluice.Files.Reading;

namespace Sluice.Files.Detection;

/// <summary>Decides the types of a file's columns from its first rows.</summary>
static class TypeDetection
{
    internal static ColumnEvidence[] Gather(ReadOnlySpan<FileRow> rows, int columns, bool emptyIsNull)
    {
        var evidence = new ColumnEvidence[columns];
        foreach (ref readonly var row in rows)
        {
            for (var i = 0; i < evidence.Length; i++)
                evidence[i].Add(row, i, emptyIsNull);
        }
        return evidence;
    }

    /// <summary>The type of a JSON column: a number in a JSON string was meant as text, and what is nested stays JSON.</summary>
    internal static SqlType ForJson(ColumnEvidence evidence, JsonKinds kinds) => kinds switch
    {
        JsonKinds.Nested => SqlType.Json,
        JsonKinds.Number or JsonKinds.Truth => evidence.TypeOfNumbers,
        JsonKinds.Text when evidence.Type.Kind is SqlTypeKind.Date or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz => evidence.Type,
        _ => SqlType.Text,
    };
}
