using Sluice.Schema;

namespace Sluice.Tests.Schema;

public sealed class DeclaredTypeTests
{
    [Fact]
    public void Limits_are_taken_from_the_declaration()
    {
        Assert.Equal(SqlType.Decimal(10, 2), SqlType.For(typeof(decimal), "numeric(10,2)"));
        Assert.Equal(SqlType.Decimal(10, 2), SqlType.For(typeof(decimal?), "DECIMAL (10, 2)"));
        Assert.Equal(SqlType.Decimal(9, 0), SqlType.For(typeof(decimal), "numeric(9)"));
        Assert.Equal(SqlType.VarChar(20), SqlType.For(typeof(string), "varchar(20)"));
        Assert.Equal(SqlType.VarChar(20), SqlType.For(typeof(string), "character varying(20)"));
        Assert.Equal(SqlType.Char(3), SqlType.For(typeof(string), "char(3)"));
    }

    [Theory]
    [InlineData(typeof(string), "citext", SqlTypeKind.Text)]
    [InlineData(typeof(string), "numeric(10,2)", SqlTypeKind.Text)]
    [InlineData(typeof(double), "numeric(10,2)", SqlTypeKind.Double)]
    [InlineData(typeof(decimal), "numeric(many)", SqlTypeKind.Numeric)]
    [InlineData(typeof(DateTime), "timestamp(3)", SqlTypeKind.TimestampTz)]
    public void Other_declarations_keep_their_words_and_the_family_of_the_dotnet_type(Type type, string name, SqlTypeKind kind)
    {
        var declared = SqlType.For(type, name);
        Assert.Equal((kind, name, name), (declared.Kind, declared.StoreName, declared.ToString()));
    }
}
