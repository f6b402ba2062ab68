using System.Collections;
using System.ComponentModel.DataAnnotations.Schema;
using System.Net;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Generators.Tests.Rows;

[Table("every_type")]
public partial class EveryType
{
    public bool Bool { get; set; }
    public sbyte SByte { get; set; }
    public byte Byte { get; set; }
    public short Short { get; set; }
    public ushort UShort { get; set; }
    public int Int { get; set; }
    public uint UInt { get; set; }
    public long Long { get; set; }
    public ulong ULong { get; set; }
    public float Float { get; set; }
    public double Double { get; set; }
    public decimal Decimal { get; set; }
    public char Char { get; set; }
    public string Text { get; set; } = "";
    public Guid Guid { get; set; }
    public DateTime DateTime { get; set; }
    public DateTimeOffset DateTimeOffset { get; set; }
    public DateOnly DateOnly { get; set; }
    public TimeOnly TimeOnly { get; set; }
    public TimeSpan TimeSpan { get; set; }
    public byte[] Bytes { get; set; } = [];
    public ReadOnlyMemory<byte> Memory { get; set; }
    public Memory<byte> Writable { get; set; }
    public Level Level { get; set; }
    public int[] Ints { get; set; } = [];
    public int?[] MaybeInts { get; set; } = [];
    public List<string?> Texts { get; set; } = [];
    public List<Level> Levels { get; set; } = [];
    public Level?[] MaybeLevels { get; set; } = [];
    public byte[][] Blobs { get; set; } = [];
    public List<byte> ByteList { get; set; } = [];
    public JsonDocument Document { get; set; } = JsonDocument.Parse("{}");
    public JsonElement Element { get; set; }
    public JsonNode Node { get; set; } = JsonValue.Create(1);
    public JsonObject Object { get; set; } = [];
    public IPAddress Address { get; set; } = IPAddress.None;
    public IPAddress[] Addresses { get; set; } = [];
    public BigInteger Big { get; set; }
    public BitArray Bits { get; set; } = new(0);
    public int[,] Grid { get; set; } = new int[0, 0];
}
