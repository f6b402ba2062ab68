using Sluice.Planning;

namespace Sluice.Tests.Planning;

public sealed class ClosestNameTests
{
    static readonly string[] s_names = ["order_no", "customer_id", "price", "placed_at"];

    [Theory]
    [InlineData("ordr_no", "order_no")]
    [InlineData("OrderNo", "order_no")]
    [InlineData("customr_id", "customer_id")]
    [InlineData("prices", "price")]
    [InlineData("PRICE", "price")]
    [InlineData("palced_at", "placed_at")]
    public void A_mistyped_name_is_found(string name, string meant) => Assert.Equal(meant, ClosestName.Find(name, s_names));

    [Theory]
    [InlineData("quantity")]
    [InlineData("x")]
    [InlineData("completely_different")]
    public void A_name_far_from_all_is_not(string name) => Assert.Null(ClosestName.Find(name, s_names));

    [Fact]
    public void The_nearest_of_several_is_taken_and_the_first_of_equals()
    {
        Assert.Equal("abcd", ClosestName.Find("abcd", ["abce", "abcd"]));
        Assert.Equal("abcx", ClosestName.Find("abcd", ["abcx", "abcy"]));
        Assert.Null(ClosestName.Find("a", []));
    }
}
