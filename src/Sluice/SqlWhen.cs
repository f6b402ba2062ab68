namespace Sluice;

public static partial class Sql
{
    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<bool> When(SqlBool condition, bool result) => When<bool>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<int> When(SqlBool condition, int result) => When<int>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<long> When(SqlBool condition, long result) => When<long>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<double> When(SqlBool condition, double result) => When<double>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<decimal> When(SqlBool condition, decimal result) => When<decimal>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<string> When(SqlBool condition, string result) => When<string>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<Guid> When(SqlBool condition, Guid result) => When<Guid>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<DateTime> When(SqlBool condition, DateTime result) => When<DateTime>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<DateTimeOffset> When(SqlBool condition, DateTimeOffset result) => When<DateTimeOffset>(condition, result);

    /// <inheritdoc cref="When{T}(SqlBool, SqlExpr{T})"/>
    public static SqlCase<DateOnly> When(SqlBool condition, DateOnly result) => When<DateOnly>(condition, result);
}
