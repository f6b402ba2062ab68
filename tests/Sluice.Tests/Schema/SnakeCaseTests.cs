
namespace Sluice.Tests.Schema;

public sealed class SnakeCaseTests
{
    [Theory]
    [InlineData("DeviceId", "device_id")]
    [InlineData("XMLValue", "xml_value")]
    [InlineData("DeviceID", "device_id")]
    [InlineData("Value2", "value2")]
    [InlineData("Value2Name", "value2_name")]
    [InlineData("X509Certificate", "x509_certificate")]
    [InlineData("A", "a")]
    [InlineData("ID", "id")]
    [InlineData("already_snake", "already_snake")]
    [InlineData("Mixed_Case", "mixed_case")]
    [InlineData("_Hidden", "_hidden")]
    [InlineData("lowerFirst", "lower_first")]
    [InlineData("GrößeÜber", "größe_über")]
    [InlineData("", "")]
    public void Words_are_parted_where_a_capital_begins_one(string name, string expected) => Assert.Equal(expected, SnakeCase.Of(name));
}
