
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
    [InlineData(typeof(string), "jsonb", SqlTypeKind.JsonB)]
    [InlineData(typeof(string), "numeric(10,2)", SqlTypeKind.Numeric)]
    [InlineData(typeof(string), "uuid", SqlTypeKind.Uuid)]
    [InlineData(typeof(string), "inet", SqlTypeKind.Text)]
    [InlineData(typeof(double), "numeric(10,2)", SqlTypeKind.Numeric)]
    [InlineData(typeof(int), "smallint", SqlTypeKind.SmallInt)]
    [InlineData(typeof(DayOfWeek), "text", SqlTypeKind.Text)]
    [InlineData(typeof(decimal), "TEXT", SqlTypeKind.Numeric)]
    [InlineData(typeof(decimal), "numeric(many)", SqlTypeKind.Numeric)]
    [InlineData(typeof(DateTime), "date", SqlTypeKind.Date)]
    [InlineData(typeof(DateTime), "timestamp(3)", SqlTypeKind.Timestamp)]
    [InlineData(typeof(DateTime), "timestamp without time zone", SqlTypeKind.Timestamp)]
    [InlineData(typeof(DateTime), "timestamp(3) with time zone", SqlTypeKind.TimestampTz)]
    [InlineData(typeof(DateTimeOffset), "TIME WITH TIME ZONE", SqlTypeKind.TimeTz)]
    [InlineData(typeof(string[]), "citext[]", SqlTypeKind.Array)]
    public void A_declaration_keeps_its_words_and_says_the_family_where_it_has_one(Type type, string name, SqlTypeKind kind)
    {
        var declared = SqlType.For(type, name);
        Assert.Equal((kind, name, name, true), (declared.Kind, declared.StoreName, declared.ToString(), declared.IsDeclared));
    }

    [Fact]
    public void Digits_of_seconds_are_taken_from_the_declaration()
    {
        Assert.Equal(3, SqlType.For(typeof(DateTime), "timestamp(3) with time zone").Precision);
        Assert.Equal(0, SqlType.For(typeof(TimeSpan), "interval(0)").Precision);
        Assert.Null(SqlType.For(typeof(DateTime), "timestamp").Precision);
    }
}
