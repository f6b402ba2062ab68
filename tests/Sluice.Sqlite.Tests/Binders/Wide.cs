namespace Sluice.Sqlite.Tests.Binders;

public enum Wide : ulong
{
    None = 0,
    All = ulong.MaxValue,
}
