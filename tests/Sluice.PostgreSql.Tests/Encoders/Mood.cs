namespace Sluice.PostgreSql.Tests.Encoders;

public enum Mood : short
{
    Sad = -1,
    SoSo = 0,
    VeryHappy = 7,
}
