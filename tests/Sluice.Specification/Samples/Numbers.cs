using FsCheck;

namespace Sluice.Specification.Samples;

public static class Numbers
{
    // Shifted by a random number of bits: as many small numbers as large ones.
    public static Gen<long> Long { get; } = Sample.From(r => r.NextInt64(long.MinValue, long.MaxValue) >> r.Next(64));

    public static Gen<int> Int { get; } = Sample.From(r => r.Next(int.MinValue, int.MaxValue) >> r.Next(32));

    public static Gen<short> Short { get; } = Sample.From(r => (short)r.Next(short.MinValue, short.MaxValue + 1));

    /// <summary>Any bits at all: subnormals, infinities and every NaN among them.</summary>
    public static Gen<double> Double { get; } = Sample.From(r => r.Next(4) == 0 ? r.Next(-1000, 1000) / 8.0 : BitConverter.Int64BitsToDouble(r.NextInt64(long.MinValue, long.MaxValue)));

    public static Gen<double> FiniteDouble { get; } = Sample.From(r => Finite(BitConverter.Int64BitsToDouble(r.NextInt64(long.MinValue, long.MaxValue))));

    public static Gen<float> Single { get; } = Sample.From(r => r.Next(4) == 0 ? r.Next(-1000, 1000) / 8f : BitConverter.Int32BitsToSingle(r.Next(int.MinValue, int.MaxValue)));

    public static Gen<decimal> Decimal { get; } = Sample.From(r =>
    {
        var shift = r.Next(96);
        var digits = (((UInt128)(ulong)r.NextInt64() << 64) | (ulong)r.NextInt64(long.MinValue, long.MaxValue)) & (((UInt128)1 << (96 - shift)) - 1);
        return new decimal((int)(uint)digits, (int)(uint)(digits >> 32), (int)(uint)(digits >> 64), r.Next(2) == 0, (byte)r.Next(29));
    });

    /// <summary>Decimals of at most so many digits, at most so many of them behind the point, closing zeros among them.</summary>
    public static Gen<decimal> DecimalOf(int precision, int scale) => Sample.From(r =>
    {
        var digits = r.Next(1, precision + 1);
        var limit = 1L;
        for (var i = 0; i < digits; i++)
            limit *= 10;
        return new decimal(r.NextInt64(0, limit)) / (decimal)Math.Pow(10, r.Next(Math.Max(0, digits - precision + scale), scale + 1)) * (r.Next(2) == 0 ? 1 : -1);
    });

    /// <summary>Decimal texts of up to so many digits on both sides of the point.</summary>
    public static Gen<string> DigitsOf(int most) => Sample.From(r =>
    {
        var text = r.Next(2) == 0 ? "-" : "";
        for (var i = r.Next(1, most); i > 0; i--)
            text += (char)('0' + (r.Next(3) == 0 ? 0 : r.Next(10)));
        if (r.Next(2) == 0)
            return text;
        text += '.';
        for (var i = r.Next(1, most); i > 0; i--)
            text += (char)('0' + (r.Next(3) == 0 ? 0 : r.Next(10)));
        return text;
    });

    static double Finite(double value) => double.IsFinite(value) ? value : 0;
}
