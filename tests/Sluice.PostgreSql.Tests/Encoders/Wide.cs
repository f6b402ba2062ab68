namespace Sluice.PostgreSql.Tests.Encoders;

public enum Wide : ulong
{
    None = 0,
    All = ulong.MaxValue,
}
