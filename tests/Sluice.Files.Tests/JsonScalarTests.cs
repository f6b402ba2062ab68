using Sluice.Files.Writing;

namespace Sluice.Files.Tests;

public sealed class JsonScalarTests
{
    // As they stand in a column of JSON.
    public static TheoryData<string> Documents => ["true", "1.50", "\"abc\"", "\"true\"", "\"{\\\"a\\\": 1}\"", "\"\\\"x\\\"\"", "\"\"", "null", "\"null\"", "\"😀\"", "{\"a\": [1]}", "[]", "\"\\u00e9\\n\""];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_comes_back_from_a_line_of_JSON(string document)
    {
        // What the encoder writes as it is, or in quotes once more.
        var line = JsonText.IsValue(document, keepsText: false) ? document : System.Text.Json.JsonSerializer.Serialize(document);
        var read = System.Text.Json.JsonElement.Parse(line);
        var loaded = read.ValueKind is System.Text.Json.JsonValueKind.String ? JsonText.OfString(read.GetString()!) : read.GetRawText();
        Assert.True(System.Text.Json.JsonElement.DeepEquals(System.Text.Json.JsonElement.Parse(document), System.Text.Json.JsonElement.Parse(loaded)), $"{document} became {loaded} by {line}");
    }
}
