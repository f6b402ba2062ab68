using Sluice.Statements;

namespace Sluice;

// Points in time beside times of a known zone.
public static partial class Sql
{
    extension(SqlExpr<DateTimeOffset>)
    {
        /// <summary>Whether both are the same moment.</summary>
        /// <exception cref="ArgumentException">The time has no zone.</exception>
        public static SqlBool operator ==(SqlExpr<DateTimeOffset> left, DateTime right) => Build.Equal(left, Moment(right), negated: false);

        /// <summary>Whether the two are not the same moment.</summary>
        /// <exception cref="ArgumentException">The time has no zone.</exception>
        public static SqlBool operator !=(SqlExpr<DateTimeOffset> left, DateTime right) => Build.Equal(left, Moment(right), negated: true);

        /// <summary>Whether the first is earlier.</summary>
        /// <exception cref="ArgumentException">The time has no zone.</exception>
        public static SqlBool operator <(SqlExpr<DateTimeOffset> left, DateTime right) =>
            Build.Compare(BinaryOperator.Less, left, Moment(right));

        /// <summary>Whether the first is later.</summary>
        /// <exception cref="ArgumentException">The time has no zone.</exception>
        public static SqlBool operator >(SqlExpr<DateTimeOffset> left, DateTime right) =>
            Build.Compare(BinaryOperator.Greater, left, Moment(right));

        /// <summary>Whether the first is earlier or the same.</summary>
        /// <exception cref="ArgumentException">The time has no zone.</exception>
        public static SqlBool operator <=(SqlExpr<DateTimeOffset> left, DateTime right) =>
            Build.Compare(BinaryOperator.LessOrEqual, left, Moment(right));

        /// <summary>Whether the first is later or the same.</summary>
        /// <exception cref="ArgumentException">The time has no zone.</exception>
        public static SqlBool operator >=(SqlExpr<DateTimeOffset> left, DateTime right) =>
            Build.Compare(BinaryOperator.GreaterOrEqual, left, Moment(right));
    }

    static SqlExpr<DateTimeOffset> Moment(DateTime time) => time.Kind is DateTimeKind.Unspecified
        ? throw new ArgumentException("The time has no zone, so it is no point in time. Use DateTime.SpecifyKind, or a DateTimeOffset.",
            nameof(time))
        : Build.Param(new DateTimeOffset(time));
}
