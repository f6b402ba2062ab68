using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sluice.Reading.Readers;

/// <summary>The columns of a reader as a table, which <see cref="DataTable.Load(IDataReader)"/> asks for.</summary>
static class ReaderSchema
{
    [UnconditionalSuppressMessage("Trimming", "IL2111", Justification = "A column of types is asked for its values, never for members of System.Type.")]
    internal static DataTable Of(DbDataReader reader)
    {
        var schema = new DataTable("SchemaTable") { Locale = CultureInfo.InvariantCulture };
        schema.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        schema.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        schema.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        schema.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        schema.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        schema.Columns.Add(SchemaTableColumn.IsUnique, typeof(bool));
        schema.Columns.Add(SchemaTableColumn.IsKey, typeof(bool));
        for (var i = 0; i < reader.FieldCount; i++)
            schema.Rows.Add(reader.GetName(i), i, -1, reader.GetFieldType(i), true, false, false);
        return schema;
    }
}
