using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Sluice.Specification.Statements;
using static Sluice.Sql;

namespace Sluice.Statements.Tests;

/// <summary>A table whose every name needs quotes.</summary>
[Table("Order \"Lines\"")]
public sealed partial record Odd([property: Key, Column("select")] long Key, [property: Column("Größe")] string Size, [property: Column("a;b")] int Semicolon);

/// <summary>Statements of every construct, each with a name of its own.</summary>
static class PinnedStatements
{
    static readonly Part.PartTable s_p = Part.Table;
    static readonly Stock.StockTable s_s = Stock.Table;

    internal static IReadOnlyList<(string Name, SqlStatement Statement)> All { get; } =
    [
        .. Comparisons(), .. Sums(), .. Conditions(), .. Joins(), .. Orders(), .. Windows(), .. Aggregates(), .. Compounds(), .. Subqueries(), .. Functions(),
        .. Casts(), .. Inserts(), .. Conflicts(), .. Updates(), .. Deletes(), .. Merges(), .. Ctes(), .. Texts(), .. Names(),
    ];

    static SqlSelect Where(SqlBool condition) => Select(s_p.Id).From(s_p).Where(condition);

    static IEnumerable<(string, SqlStatement)> Comparisons() =>
    [
        .. Compare("bigint", s_p.Id, 7L, 9L), .. Compare("text", s_p.Name, "a", "b"), .. Compare("double", s_p.Weight, 1.5, 2.5),
        .. Compare("boolean", s_p.Active, true, false),
        .. Compare("timestamptz", s_p.UpdatedAt, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1)),
    ];

    static IEnumerable<(string, SqlStatement)> Compare<T>(string type, Column<T> column, T low, T high) =>
    [
        ($"{type} =", Where(column == low)), ($"{type} <>", Where(column != low)), ($"{type} <", Where(column < low)), ($"{type} >", Where(column > low)),
        ($"{type} <=", Where(column <= low)), ($"{type} >=", Where(column >= low)), ($"{type} between", Where(column.Between(low, high))),
        ($"{type} is null", Where(column.IsNull())), ($"{type} is not null", Where(column.IsNotNull())), ($"{type} in", Where(column.In(low, high))),
        ($"{type} not in", Where(column.NotIn([low, high]))), ($"{type} is distinct from", Where(column.IsDistinctFrom(low))),
        ($"{type} is not distinct from", Where(column.IsNotDistinctFrom(low))), ($"{type} = itself", Where(column == (SqlExpr<T>)column.AsType<T>())),
        ($"{type} value first", Where((SqlExpr<T>)low == column)),
    ];

    static IEnumerable<(string, SqlStatement)> Sums() => [.. Sums("bigint", s_p.Id, 3L), .. Sums("double", s_p.Weight, 1.5), .. Sums("integer", s_s.Amount, 2), .. Sums("numeric", s_s.Price, 2.5m)];

    static IEnumerable<(string, SqlStatement)> Sums<T>(string type, Column<T> c, T value)
    {
        var from = type is "bigint" or "double" ? (SqlFrom)s_p : s_s;
        return
        [
            ($"{type} +", Select(c + value).From(from)), ($"{type} -", Select(c - value).From(from)), ($"{type} *", Select(c * value).From(from)), ($"{type} /", Select(c / value).From(from)),
            ($"{type} negative", Select(-c).From(from)), ($"{type} sum of products", Select(c * value + c * value).From(from)),
            ($"{type} product of sums", Select((c + value) * (c - value)).From(from)), ($"{type} left to right", Select(c - value - c).From(from)),
            ($"{type} right first", Select(c - (value - c)).From(from)), ($"{type} negative of a sum", Select(-(c + value)).From(from)),
            ($"{type} quotient of a quotient", Select(c / (c / value)).From(from)),
        ];
    }

    static IEnumerable<(string, SqlStatement)> Conditions()
    {
        SqlBool a = s_p.Id == 1, b = s_p.Weight > 2, c = s_p.Name != "x";
        return
        [
            ("and", Where(a & b)), ("or", Where(a | b)), ("not", Where(!a)), ("and within or", Where(a & b | c)), ("or within and", Where((a | b) & c)),
            ("not of and", Where(!(a & b))), ("not of not", Where(!!a)), ("not of in", Where(!s_p.Id.In(1, 2))), ("boolean column", Where(s_p.Active)),
            ("not boolean column", Where(!(SqlBool)s_p.Active)), ("three in a row", Where(a & b & c)), ("condition as a value", Select(a.As("is_one")).From(s_p)),
            ("where twice", Where(a).Where(b | c)), ("is null of a sum", Where((s_p.Id + 1).IsNull())), ("comparison of comparisons", Where(a == b)),
            ("like", Where(s_p.Name.Like("a%"))), ("like with escape", Where(s_p.Name.Like("a!%", '!'))), ("ilike", Where(s_p.Name.ILike("A_"))), ("not like", Where(!s_p.Name.Like("a%"))),
            ("null", Where(s_p.UpdatedAt == null!)), ("not null", Where(s_p.UpdatedAt != null!)),
            ("case", Select(When(a, (SqlExpr<string>)"one").When(b, "two").Else("many")).From(s_p)), ("case without else", Select(When(a, (SqlExpr<int>)1)).From(s_p)),
            ("case by value", Select(Case(s_p.Id).When(1L, (SqlExpr<string>)"one").When(2L, "two").Else("many")).From(s_p)),
            ("concatenation", Select(s_p.Name + "-" + s_p.Name).From(s_p)), ("sum beside concatenation", Select((s_p.Id + 1).Cast<string>() + s_p.Name).From(s_p)),
            ("collate", Where(s_p.Name.Collate("C") == "x")),
        ];
    }

    static IEnumerable<(string, SqlStatement)> Joins()
    {
        var alias = s_p.As("parent");
        var derived = Select(s_s.PartId, s_s.Place).From(s_s).Where(s_s.Amount > 0).As("stored");
        var cte = Select(s_s.PartId).From(s_s).AsCte("stored_parts");
        var values = Values("v", ["part_id", "word"], [Param(1L), Param("a")], [Param(2L), Param("b")]);
        var unnest = Unnest("u", SqlArray.Of("part_id", [1L, 2]), SqlArray.Of("word", ["a", "b"]));
        (string, SqlFrom, SqlBool)[] partners =
        [
            ("table", s_s, s_p.Id == s_s.PartId), ("alias", alias, s_p.ParentId == alias.Id), ("query", derived, s_p.Id == derived["part_id"]),
            ("cte", cte, s_p.Id == cte["part_id"]), ("values", values, s_p.Id == values["part_id"]), ("unnest", unnest, s_p.Id == unnest["part_id"]),
        ];
        foreach (var (name, partner, on) in partners)
        {
            yield return ($"join {name}", Select(s_p.Id).From(s_p).Join(partner, on));
            yield return ($"left join {name}", Select(s_p.Id).From(s_p).LeftJoin(partner, on));
            yield return ($"right join {name}", Select(s_p.Id).From(s_p).RightJoin(partner, on));
            yield return ($"full join {name}", Select(s_p.Id).From(s_p).FullJoin(partner, on));
            yield return ($"cross join {name}", Select(s_p.Id).From(s_p).CrossJoin(partner));
            yield return ($"comma {name}", Select(s_p.Id).From(s_p, partner).Where(on));
        }
        yield return ("unnest with ordinality", Select(unnest["word"]).From(unnest.WithOrdinality("n")));
        var lateral = Select(s_s.Place).From(s_s).Where(s_s.PartId == s_p.Id).Limit(1).AsLateral("first");
        yield return ("lateral", Select(s_p.Id, lateral["place"]).From(s_p).CrossJoin(lateral));
    }

    static IEnumerable<(string, SqlStatement)> Orders()
    {
        var all = Select(s_p.Id).From(s_p);
        return
        [
            ("order by", all.OrderBy(s_p.Name)), ("order by desc", all.OrderBy(s_p.Name.Desc())), ("nulls first", all.OrderBy(s_p.ParentId.Asc().NullsFirst())),
            ("nulls last", all.OrderBy(s_p.ParentId.Desc().NullsLast(), s_p.Id)), ("limit", all.Limit(3)), ("offset", all.OrderBy(s_p.Id).Offset(2)), ("limit and offset", all.OrderBy(s_p.Id).Limit(3).Offset(2)),
            ("order by output", Select(s_p.Weight.As("heavy")).From(s_p).OrderBy(Output("heavy"))), ("distinct", Select(s_p.Name).From(s_p).Distinct()),
            ("distinct on", Select(s_s.PartId, s_s.Place).From(s_s).DistinctOn(s_s.PartId).OrderBy(s_s.PartId, s_s.Amount.Desc())),
            ("for update", all.ForUpdate()), ("for update skip locked", all.ForUpdate(RowLock.SkipLocked)), ("for no key update nowait", all.ForNoKeyUpdate(RowLock.NoWait)),
            ("for share of", all.ForShare(RowLock.Wait, s_p)), ("for key share", all.ForKeyShare()), ("whole table", Select(s_p).From(s_p)), ("whole table and more", Select(s_p, Count().Over()).From(s_p)),
        ];
    }

    static IEnumerable<(string, SqlStatement)> Windows()
    {
        var window = new SqlWindow().PartitionBy(s_s.PartId).OrderBy(s_s.Amount);
        (string, SqlFunction<long>)[] numbers = [("row_number", RowNumber()), ("rank", Rank()), ("dense_rank", DenseRank()), ("count", Count())];
        foreach (var (name, function) in numbers)
        {
            yield return ($"{name} over all", Select(function.Over()).From(s_s));
            yield return ($"{name} over partition", Select(function.Over(new SqlWindow().PartitionBy(s_s.PartId))).From(s_s));
            yield return ($"{name} over order", Select(function.Over(window)).From(s_s));
        }
        (string, SqlFunction<int>)[] values = [("sum", Sum(s_s.Amount)), ("max", Max(s_s.Amount)), ("lag", Lag(s_s.Amount)), ("lead", Lead(s_s.Amount, 2)), ("first_value", FirstValue(s_s.Amount)), ("last_value", LastValue(s_s.Amount))];
        foreach (var (name, function) in values)
        {
            yield return ($"{name} over order", Select(function.Over(window)).From(s_s));
            yield return ($"{name} over rows", Select(function.Over(window.Rows(FrameBound.UnboundedPreceding, FrameBound.CurrentRow))).From(s_s));
            yield return ($"{name} over some rows", Select(function.Over(window.Rows(FrameBound.Preceding(2), FrameBound.Following(1)))).From(s_s));
            yield return ($"{name} over range", Select(function.Over(window.Range(FrameBound.CurrentRow, FrameBound.UnboundedFollowing))).From(s_s));
            yield return ($"{name} over groups", Select(function.Over(window.Groups(FrameBound.Preceding(1), exclude: FrameExclusion.Ties))).From(s_s));
        }
        yield return ("named window", Select(Sum(s_s.Amount).Over("w"), RowNumber().Over("w")).From(s_s).Window("w", window));
    }

    static IEnumerable<(string, SqlStatement)> Aggregates()
    {
        (string, SqlFunction<int>)[] functions = [("sum", Sum(s_s.Amount)), ("min", Min(s_s.Amount)), ("max", Max(s_s.Amount))];
        foreach (var (name, function) in functions)
        {
            yield return (name, Select(function).From(s_s));
            yield return ($"{name} distinct", Select(function.Distinct()).From(s_s));
            yield return ($"{name} filter", Select(function.Filter(s_s.Amount > 1)).From(s_s));
            yield return ($"{name} group by", Select(s_s.PartId, function.As("a")).From(s_s).GroupBy(s_s.PartId));
            yield return ($"{name} having", Select(s_s.PartId).From(s_s).GroupBy(s_s.PartId).Having(function > 3));
        }
        yield return ("count rows", Select(Count()).From(s_s));
        yield return ("count values", Select(Count(s_s.Amount).Distinct()).From(s_s));
        yield return ("avg", Select(Avg(s_s.Amount)).From(s_s));
        yield return ("string_agg", Select(StringAgg(s_s.Place, ", ")).From(s_s));
        yield return ("string_agg in order", Select(StringAgg(s_s.Place, ", ").OrderBy(s_s.Place.Desc())).From(s_s));
        yield return ("percentile", Select(Function<double>("percentile_cont", Literal(0.5)).WithinGroup(s_s.Amount)).From(s_s));
        yield return ("group by two", Select(s_s.PartId, s_s.Place, Count()).From(s_s).GroupBy(s_s.PartId, s_s.Place));
    }

    static IEnumerable<(string, SqlStatement)> Compounds()
    {
        var a = Select(s_p.Id).From(s_p).Where(s_p.Id < 3);
        var b = Select(s_s.PartId).From(s_s);
        (string, SqlCompound)[] pairs = [("union", a.Union(b)), ("union all", a.UnionAll(b)), ("intersect", a.Intersect(b)), ("except", a.Except(b))];
        foreach (var (name, pair) in pairs)
        {
            yield return (name, pair);
            yield return ($"{name} in order", pair.OrderBy(Output("id")).Limit(2).Offset(1));
            yield return ($"{name} then union", pair.Union(a));
            yield return ($"{name} as operand", a.UnionAll(pair));
            yield return ($"{name} with limited operands", a.OrderBy(s_p.Id).Limit(1).UnionAll(b.OrderBy(s_s.PartId).Limit(1)));
            yield return ($"{name} as a table", Select(Count()).From(pair.As("both")));
        }
    }

    static IEnumerable<(string, SqlStatement)> Subqueries()
    {
        var stored = Select(s_s.PartId).From(s_s).Where(s_s.PartId == s_p.Id);
        return
        [
            ("exists", Where(Exists(stored))), ("not exists", Where(!Exists(stored))), ("in query", Where(s_p.Id.In(Select(s_s.PartId).From(s_s)))),
            ("not in query", Where(s_p.Id.NotIn(Select(s_s.PartId).From(s_s)))), ("scalar query", Select(s_p.Id, Select(Count()).From(s_s).Where(s_s.PartId == s_p.Id).AsScalar<long>()).From(s_p)),
            ("scalar query in a condition", Where(s_p.Weight > Select(Avg(s_p.As("q").Weight)).From(s_p.As("q")).AsScalar<double>())),
            ("tuple in query", Select(s_s.Amount).From(s_s).Where(Tuple(s_s.PartId, s_s.Place).In(Select(s_s.PartId, s_s.Place).From(s_s.As("stock"))))),
            ("tuple in tuples", Select(s_s.Amount).From(s_s).Where(Tuple(s_s.PartId, s_s.Place).In(Tuple(1L, "a"), Tuple(2L, "b")))),
            ("tuple =", Select(s_s.Amount).From(s_s).Where(Tuple(s_s.PartId, s_s.Place).EqualTo(Tuple(1L, "a")))),
            ("tuple >", Select(s_s.Amount).From(s_s).Where(Tuple(s_s.PartId, s_s.Place).GreaterThan(Tuple(1L, "a"))).OrderBy(s_s.PartId, s_s.Place).Limit(10)),
            ("tuple in nothing", Select(s_s.Amount).From(s_s).Where(Tuple(s_s.PartId, s_s.Place).In())),
            ("any of an array", Where(s_p.Id.Any(ArrayOf<long>(1L, 2L)))), ("any of a list", Where(s_p.Id.Any([1L, 2L]))),
        ];
    }

    static IEnumerable<(string, SqlStatement)> Functions()
    {
        (string, SqlExpr)[] functions =
        [
            ("coalesce", Coalesce(s_p.Name, "none")), ("nullif", NullIf(s_p.Name, "")), ("greatest", Greatest(s_p.Weight, 1.0, 2.0)), ("least", Least(s_p.Weight, 1.0)),
            ("lower", Lower(s_p.Name)), ("upper", Upper(s_p.Name)), ("length", Length(s_p.Name)), ("trim", Trim(s_p.Name)), ("substr", Substring(s_p.Name, 1, 2)),
            ("replace", Replace(s_p.Name, "a", "b")), ("abs", Abs(s_p.Id)), ("round", Round(s_p.Weight)), ("now", Now().As("at")), ("today", Today()),
            ("function by name", Function<string>("lower", s_p.Name)), ("function with a schema", Function<string>("pg_catalog.lower", s_p.Name)),
            ("json", s_p.Name.Cast<string>(SqlType.JsonB).Json("a")), ("json text", s_p.Name.Cast<string>(SqlType.JsonB).Json("a").JsonText(0)),
            ("null as text", Coalesce<string>(Null, s_p.Name)), ("element of an array", ArrayOf<int>(1, 2).At(1)), ("literal true", Literal(true)), ("literal number", Literal(-1.5)), ("literal text", Literal("it's")),
        ];
        return functions.Select(f => (f.Item1, (SqlStatement)Select(f.Item2).From(s_p)));
    }

    static IEnumerable<(string, SqlStatement)> Casts() => new (string, SqlExpr)[]
    {
        ("boolean", s_p.Id.Cast<bool>()), ("smallint", s_p.Id.Cast<short>()), ("integer", s_p.Id.Cast<int>()), ("bigint", s_p.Id.Cast<long>()), ("real", s_p.Id.Cast<float>()),
        ("double", s_p.Id.Cast<double>()), ("numeric", s_p.Id.Cast<decimal>()), ("numeric(10,2)", s_p.Id.Cast<decimal>(SqlType.Decimal(10, 2))), ("text", s_p.Id.Cast<string>()),
        ("varchar", s_p.Id.Cast<string>(SqlType.VarChar(20))), ("date", s_p.UpdatedAt.Cast<DateOnly>()), ("timestamp", s_p.UpdatedAt.Cast<DateTime>(SqlType.Timestamp)), ("uuid", s_p.Name.Cast<Guid>()),
    }.Select(c => ("cast " + c.Item1, (SqlStatement)Select(c.Item2).From(s_p)));

    static IEnumerable<(string, SqlStatement)> Inserts()
    {
        var values = InsertInto(s_s).Values(1L, "a", 2, 3m);
        return
        [
            ("insert", values), ("insert two", values.Values(2L, "b", 3, 4m)), ("insert columns", InsertInto(s_s).Columns(s_s.PartId, s_s.Place).Values(1L, "a")),
            ("insert set", InsertInto(s_s).Set(set => set.Set(s_s.PartId, 1L).Set(s_s.Place, "a"))), ("insert defaults", InsertInto(s_p).DefaultValues()),
            ("insert default", InsertInto(s_s).Values(1L, "a", Default, 3m)), ("insert null", InsertInto(s_p).Columns(s_p.Id, s_p.ParentId).Values(1L, Null)), ("insert rows", InsertInto(s_s).Rows()),
            ("insert rows of columns", InsertInto(s_s).Columns(s_s.PartId, s_s.Amount).Rows()), ("insert query", InsertInto(s_s).Select(Select(s_s).From(s_s))),
            ("insert union", InsertInto(s_s).Columns(s_s.PartId, s_s.Place).Select(Select(s_p.Id, s_p.Name).From(s_p).Union(Select(s_p.Id, s_p.Name).From(s_p)))),
            ("insert returning", values.Returning(s_s.PartId, (s_s.Amount + 1).As("more"))), ("insert overriding system", InsertInto(s_p).OverridingSystemValue().Columns(s_p.Id).Values(1L)),
            ("insert overriding user", InsertInto(s_p).OverridingUserValue().Columns(s_p.Id).Values(1L)), ("insert returning old", values.Returning(Old(s_s.Amount), New(s_s.Amount))),
            ("insert expression", InsertInto(s_s).Values(Param(1L) + 2L, Lower("A"), 2, 3m)),
        ];
    }

    static IEnumerable<(string, SqlStatement)> Conflicts()
    {
        SqlInsert values = InsertInto(s_s).Values(1L, "a", 2, 3m);
        var target = values.OnConflict(s_s.PartId, s_s.Place);
        return
        [
            ("do nothing", target.DoNothing()), ("do nothing on any", values.OnConflictAny().DoNothing()), ("do update", target.DoUpdate(set => set.Set(s_s.Amount, Excluded(s_s.Amount)))),
            ("do update expression", target.DoUpdate(set => set.Set(s_s.Amount, s_s.Amount + Excluded(s_s.Amount)).Set(s_s.Price, 1m))),
            ("do update where", target.DoUpdate(set => set.Set(s_s.Amount, Excluded(s_s.Amount))).Where(Excluded(s_s.Amount) > s_s.Amount)),
            ("do update where twice", target.DoUpdate(set => set.Set(s_s.Amount, 1)).Where(s_s.Amount > 1).Where(s_s.Price > 1m)),
            ("partial index", values.OnConflict(s_s.PartId).Where(s_s.Amount > 0 & s_s.Place != "it's").DoNothing()), ("constraint", values.OnConflictOnConstraint("stock_pkey").DoNothing()),
            ("do update returning", target.DoUpdate(set => set.Set(s_s.Amount, Excluded(s_s.Amount))).Returning(s_s.PartId)),
            ("query do nothing", InsertInto(s_s).Select(Select(s_s).From(s_s)).OnConflict(s_s.PartId, s_s.Place).DoNothing()),
            ("joined query do nothing", InsertInto(s_s).Columns(s_s.PartId).Select(Select(s_p.Id).From(s_p).Join(s_s, s_p.Id == s_s.PartId)).OnConflict(s_s.PartId, s_s.Place).DoNothing()),
            ("union do nothing", InsertInto(s_s).Select(Select(s_s).From(s_s).UnionAll(Select(s_s).From(s_s))).OnConflict(s_s.PartId, s_s.Place).DoNothing()),
            ("rows do update", InsertInto(s_s).Rows().OnConflict(s_s.PartId, s_s.Place).DoUpdate(set => set.Set(s_s.Amount, Excluded(s_s.Amount)))),
            ("do update default", target.DoUpdate(set => set.Set(s_s.Amount, Default))), ("do update null", InsertInto(s_p).Columns(s_p.Id).Values(1L).OnConflict(s_p.Id).DoUpdate(set => set.Set(s_p.ParentId, Null))),
            ("do update now", InsertInto(s_p).Columns(s_p.Id).Values(1L).OnConflict(s_p.Id).DoUpdate(set => set.Set(s_p.UpdatedAt, Now()))),
        ];
    }

    static IEnumerable<(string, SqlStatement)> Updates()
    {
        var source = Select(s_s.PartId, s_s.Amount).From(s_s).AsCte("source");
        var set = Update(s_p).Set(s_p.Weight, 2.0);
        return
        [
            ("update", set.Where(s_p.Id == 1)), ("update all", set.All()), ("update two", set.Set(s_p.Name, "x").Where(s_p.Id == 1)), ("update expression", Update(s_p).Set(s_p.Weight, s_p.Weight * 2).All()),
            ("update from table", Update(s_p).Set(s_p.Weight, s_s.Amount.Cast<double>()).From(s_s).Where(s_p.Id == s_s.PartId)), ("update from cte", Update(s_p).Set(s_p.Weight, source["amount"]).From(source).Where(s_p.Id == source[s_s.PartId])),
            ("update from returning", Update(s_p).Set(s_p.Weight, source["amount"]).From(source).Where(s_p.Id == source[s_s.PartId]).Returning(s_p.Id)), ("update returning", set.Where(s_p.Id == 1).Returning(s_p.Id, s_p.Weight)),
            ("update null", Update(s_p).Set(s_p.ParentId, Null).All()), ("update default", Update(s_p).Set(s_p.Name, Default).All()), ("update now", Update(s_p).Set(s_p.UpdatedAt, Now()).All()),
            ("update from scalar query", Update(s_p).Set(s_p.Weight, Select(Avg(s_s.Amount)).From(s_s).Where(s_s.PartId == s_p.Id).AsScalar<double>()).All()),
            ("update where exists", set.Where(Exists(Select(s_s.PartId).From(s_s).Where(s_s.PartId == s_p.Id)))), ("update where twice", set.Where(s_p.Id == 1).Where(s_p.Active)),
            ("update returning old", set.Where(s_p.Id == 1).Returning(Old(s_p.Weight), New(s_p.Weight))), ("update by description", Update(s_p).Set((Column)s_p.Name, "x").Where(s_p.Id == 1)),
        ];
    }

    static IEnumerable<(string, SqlStatement)> Deletes() =>
    [
        ("delete", DeleteFrom(s_p).Where(s_p.Id == 1)), ("delete all", DeleteFrom(s_p).All()), ("delete using", DeleteFrom(s_p).Using(s_s).Where(s_p.Id == s_s.PartId)),
        ("delete using two", DeleteFrom(s_p).Using(s_s, s_p.As("parent")).Where(s_p.Id == s_s.PartId & s_p.ParentId == s_p.As("parent").Id)), ("delete returning", DeleteFrom(s_p).Where(s_p.Id == 1).Returning(s_p.Id)),
        ("delete using returning", DeleteFrom(s_p).Using(s_s).Where(s_p.Id == s_s.PartId).Returning(s_p.Id)), ("delete in query", DeleteFrom(s_p).Where(s_p.Id.In(Select(s_s.PartId).From(s_s)))), ("delete where twice", DeleteFrom(s_p).Where(s_p.Id == 1).Where(s_p.Active)),
    ];

    static IEnumerable<(string, SqlStatement)> Merges()
    {
        var merge = MergeInto(s_p).Using(s_s, s_p.Id == s_s.PartId);
        return
        [
            ("merge update", merge.WhenMatchedUpdate(set => set.Set(s_p.Name, s_s.Place))), ("merge delete", merge.WhenMatchedDelete(s_s.Amount == 0)), ("merge insert", merge.WhenNotMatchedInsert(set => set.Set(s_p.Id, s_s.PartId).Set(s_p.Name, s_s.Place))),
            ("merge all", merge.WhenMatchedDelete(s_s.Amount == 0).WhenMatchedUpdate(set => set.Set(s_p.Name, s_s.Place)).WhenNotMatchedInsert(set => set.Set(s_p.Id, s_s.PartId))),
            ("merge nothing", merge.WhenMatchedDoNothing(s_p.Active)), ("merge returning", merge.WhenMatchedDelete().Returning(s_p.Id)),
        ];
    }

    static IEnumerable<(string, SqlStatement)> Ctes()
    {
        var heavy = Select(s_p.Id, s_p.Weight).From(s_p).Where(s_p.Weight > 10).AsCte("heavy");
        var heaviest = Select(Max((SqlExpr<double>)heavy["weight"]).As("weight")).From(heavy).AsCte("heaviest");
        var tree = RecursiveCte("tree", s_p.Id, s_p.ParentId).StartWith(Select(s_p.Id, s_p.ParentId).From(s_p).Where(s_p.ParentId.IsNull()))
            .ThenUnionAll(self => Select(s_p.Id, s_p.ParentId).From(s_p).Join(self, s_p.ParentId == self[s_p.Id]));
        var set = RecursiveCte("ids", s_p.Id).StartWith(Select(s_p.Id).From(s_p).Where(s_p.Id == 1)).ThenUnion(self => Select(s_p.Id).From(s_p).Join(self, s_p.ParentId == self[s_p.Id]));
        var moved = DeleteFrom(s_s).Where(s_s.Amount == 0).Returning(s_s.PartId, s_s.Place).AsCte("moved");
        var text = Text($"SELECT 1 AS id").Returns(s_p.Id).AsCte("raw");
        return
        [
            ("cte", Select(heavy["id"]).From(heavy)), ("cte materialized", Select(heavy["id"]).From(heavy.Materialized())), ("cte not materialized", Select(heavy["id"]).From(heavy.NotMaterialized())),
            ("cte of a cte", Select(heaviest["weight"]).From(heaviest)), ("cte twice", Select(heavy["id"], heavy.As("again")["id"]).From(heavy).CrossJoin(heavy.As("again"))), ("two ctes", Select(Count()).From(heavy, heaviest)),
            ("recursive", Select(tree[s_p.Id]).From(tree)), ("recursive union", Select(set[s_p.Id]).From(set)), ("recursive cycle", Select(tree.Cycle(s_p.Id)["path"]).From(tree.Cycle(s_p.Id))),
            ("recursive depth first", Select(tree[s_p.Id]).From(tree.SearchDepthFirst("ordering", s_p.Id)).OrderBy(Output("ordering"))), ("recursive breadth first", Select(tree[s_p.Id]).From(tree.SearchBreadthFirst("ordering", s_p.Id)).OrderBy(Output("ordering"))),
            ("writing cte", Select(moved["place"]).From(moved)), ("move rows", InsertInto(s_s).Columns(s_s.PartId, s_s.Place).Select(Select(moved["part_id"], moved["place"]).From(moved))),
            ("unread cte", Select((SqlExpr<int>)1).With(moved)), ("delete by cte", DeleteFrom(s_p).Where(s_p.Id.In(Select(tree[s_p.Id]).From(tree)))), ("cte of text", Select(text["id"]).From(text)),
        ];
    }

    static IEnumerable<(string, SqlStatement)> Texts() =>
    [
        ("text", Text($"SELECT {1} + {2L}")), ("text with a column", Select(Text($"{s_p.Weight} * {2.0}").AsExpr<double>().As("twice")).From(s_p)), ("text condition", Where(Text($"{s_p.Id} % {2} = 0"))),
        ("text with braces", Text($"SELECT '{{}}', {"x"}")), ("text with a query", Text($"SELECT {Select(Count()).From(s_p)}")), ("raw", Raw("SELECT 1")), ("text of a null", Text($"SELECT {null}")),
    ];

    static IEnumerable<(string, SqlStatement)> Names()
    {
        var odd = Odd.Table;
        return
        [
            ("odd select", Select(odd).From(odd).Where(odd.Key == 1)), ("odd insert", InsertInto(odd).Values(1L, "a", 2).OnConflict(odd.Key).DoUpdate(set => set.Set(odd.Size, Excluded(odd.Size)))), ("odd update", Update(odd).Set(odd.Semicolon, 1).Where(odd.Size == "x")),
            ("odd alias", Select(odd.As("from").Key).From(odd.As("from"))), ("odd label", Select(odd.Key.As("the \"key\"; DROP TABLE x")).From(odd)), ("odd cte", Select(Select(odd.Key).From(odd).AsCte("with; x")["select"]).From(Select(odd.Key).From(odd).AsCte("with; x"))),
            ("schema", Select(new Table("t", "my schema", [new Column<long>("id", SqlType.BigInt)], []).Column<long>("id")).From(new Table("t", "my schema", [new Column<long>("id", SqlType.BigInt)], []))),
        ];
    }
}
