namespace Sluice.Tests;
public sealed class T { [Fact] public void A() => Assert.True(true); }
