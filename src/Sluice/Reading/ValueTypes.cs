using Sluice.Rows;

namespace Sluice.Reading;

/// <summary>The type that the values of a column have in common, where the database declares none.</summary>
static class ValueTypes
{
    /// <returns>Text where there are no values, or of several kinds.</returns>
    internal static SqlType Of(ArraySegment<DatabaseRow> rows, int column)
    {
        var common = StoredKind.Null;
        foreach (var row in rows)
        {
            var kind = row.Values[column].Kind;
            if (kind is StoredKind.Null || kind == common)
                continue;
            common = common is StoredKind.Null ? kind
                : (common, kind) is (StoredKind.Integer, StoredKind.Double) or (StoredKind.Double, StoredKind.Integer) ? StoredKind.Double
                : StoredKind.Text;
        }
        return common switch
        {
            StoredKind.Integer => SqlType.BigInt,
            StoredKind.Double => SqlType.Double,
            StoredKind.Bytes => SqlType.Bytes,
            _ => SqlType.Text,
        };
    }
}
