using System.Buffers.Binary;
using Npgsql;

namespace Sluice.PostgreSql.Pooling;

/// <summary>Reads the small answer of a COPY … TO STDOUT in binary format whose columns are text or integers.</summary>
static class CopyReader
{
    const int HeaderBytes = 19;

    internal static async Task<List<string?[]>> ReadAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var copy = await connection.BeginRawBinaryCopyAsync(sql, cancellationToken).ConfigureAwait(false);
        await using var disposal = copy.ConfigureAwait(false);
        var bytes = new byte[16 * 1024];
        var length = 0;
        int read;
        while ((read = await copy.ReadAsync(bytes.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0)
        {
            length += read;
            if (length == bytes.Length)
                Array.Resize(ref bytes, length * 2);
        }
        return Decode(bytes.AsSpan(0, length));
    }

    static List<string?[]> Decode(ReadOnlySpan<byte> bytes)
    {
        var rows = new List<string?[]>();
        bytes = bytes[HeaderBytes..];
        while (bytes.Length >= 2 && BinaryPrimitives.ReadInt16BigEndian(bytes) is >= 0 and var columns)
        {
            bytes = bytes[2..];
            var row = new string?[columns];
            for (var i = 0; i < columns; i++)
                row[i] = Value(ref bytes);
            rows.Add(row);
        }
        return rows;
    }

    static string? Value(ref ReadOnlySpan<byte> bytes)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        bytes = bytes[4..];
        if (length < 0)
            return null;
        var value = System.Text.Encoding.UTF8.GetString(bytes[..length]);
        bytes = bytes[length..];
        return value;
    }
}
