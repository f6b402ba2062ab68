using FsCheck;
using FsCheck.Fluent;

namespace Sluice.Specification.Samples;

public static class Texts
{
    static readonly string[] s_pieces =
    [
        "a", "Z", "0", " ", "\t", "\n", "\r", "\r\n", "\\", "\\N", "\\.", "'", "\"", ",", "|", "é", "ß", "€", "\u0001", "\u007f", "\u0080", "\u00a0",
        "\u07ff", "\u0800", "\ufeff", "\uffff", "\ud7ff", "\ue000", "😀", "\U0010ffff", "e\u0301", "العربية", "日本", "null", "NULL",
    ];

    /// <summary>Texts with what escapes and encodings go wrong on.</summary>
    public static Gen<string> Any { get; } = UpTo(40);

    public static Gen<byte[]> Bytes { get; } = Sample.From(r =>
    {
        var bytes = new byte[r.Next(60)];
        r.NextBytes(bytes);
        return bytes;
    });

    public static Gen<Guid> Guid { get; } = Sample.From(r =>
    {
        var bytes = new byte[16];
        r.NextBytes(bytes);
        return new Guid(bytes);
    });

    public static Gen<string> Json { get; } =
        from number in Gen.Choose(-1000, 1000)
        from text in Gen.Elements("a", "é", "😀", "\\n", "\\\"", " ")
        select $$"""{"n": {{number}}, "t": "{{text}}", "l": [1, null, true, {"x":  {{number / 8.0}}}]}""";

    /// <summary>Texts of at most so many pieces, each at least one character.</summary>
    public static Gen<string> UpTo(int pieces) => Sample.From(r => string.Concat(Enumerable.Range(0, r.Next(pieces)).Select(_ => s_pieces[r.Next(s_pieces.Length)])));

    /// <summary>Texts of at most so many code points.</summary>
    public static Gen<string> CodePoints(int most) => UpTo(most + 1).Select(text => string.Concat(text.EnumerateRunes().Take(most)));
}
