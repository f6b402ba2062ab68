using System.Data.Common;

namespace Sluice.Specification.Databases;

static class DataReaderRows
{
    internal static async Task<IReadOnlyList<object?[]>> ReadRowsAsync(this DbDataReader reader)
    {
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }
        return rows;
    }
}
