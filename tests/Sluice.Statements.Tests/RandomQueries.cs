using Sluice.Specification.Statements;
using static Sluice.Sql;

namespace Sluice.Statements.Tests;

/// <summary>Random queries over two small tables, of forms that mean the same everywhere.</summary>
sealed class RandomQueries(Random random)
{
    readonly Part.PartTable _p = Part.Table;
    readonly Stock.StockTable _s = Stock.Table;

    internal SqlQuery Next() => random.Next(8) switch
    {
        0 => Grouped(),
        1 => Compound(),
        2 => Windowed(),
        3 => Recursive(),
        4 => DistinctOn(),
        _ => Plain(),
    };

    T One<T>(params Func<T>[] makers) => makers[random.Next(makers.Length)]();

    SqlSelect Plain()
    {
        var joined = random.Next(3);
        var select = Select(Whole(2, joined > 0), Number(2), Word(1), Condition(1, joined > 0).As("c")).From(_p);
        select = joined switch
        {
            1 => select.Join(_s, _p.Id == _s.PartId),
            2 => select.LeftJoin(_s, _p.Id == _s.PartId & _s.Amount > random.Next(5)),
            _ => select,
        };
        if (random.Next(4) > 0)
            select = select.Where(Condition(3, joined > 0));
        if (joined == 0 && random.Next(3) == 0)
            select = select.OrderBy(_p.Id.Desc()).Limit(random.Next(1, 8)).Offset(random.Next(3));
        return random.Next(6) == 0 && joined > 0 ? select.Distinct() : select;
    }

    SqlSelect Grouped()
    {
        var key = Whole(1, joined: true);
        var select = Select(key, Count(), Sum(_s.Amount).Filter(Condition(1, joined: true)).Cast<long>(), Max(Number(1)), Count(_s.Place).Distinct())
            .From(_p).LeftJoin(_s, _p.Id == _s.PartId).GroupBy(key);
        return random.Next(2) == 0 ? select.Having(Count() > random.Next(3)) : select;
    }

    SqlQuery Compound()
    {
        var left = Select(Whole(1, joined: false)).From(_p).Where(Condition(2, joined: false));
        var right = Select(_s.PartId + random.Next(3)).From(_s);
        return One<SqlQuery>(() => left.Union(right), () => left.UnionAll(right), () => left.Intersect(right), () => left.Except(right));
    }

    SqlSelect Windowed()
    {
        var window = new SqlWindow().PartitionBy(_p.Active).OrderBy(_p.Id);
        if (random.Next(2) == 0)
            window = window.Rows(FrameBound.Preceding(random.Next(3)), FrameBound.Following(random.Next(3)));
        return Select(_p.Id, RowNumber().Over(window), Sum(Number(1)).Over(window), Lag(_p.Id).Over(new SqlWindow().OrderBy(_p.Id))).From(_p).Where(Condition(1, joined: false));
    }

    SqlSelect Recursive()
    {
        var depth = (SqlExpr<int>)1;
        var tree = RecursiveCte("tree").StartWith(Select(_p.Id, depth.As("depth")).From(_p).Where(_p.Id == random.Next(1, 26)))
            .ThenUnion(self => Select(_p.Id, ((SqlExpr<int>)self["depth"] + 1).As("depth")).From(_p).Join(self, _p.ParentId == self["id"]).Where((SqlExpr<int>)self["depth"] < 4));
        return Select(tree["id"], tree["depth"]).From(tree);
    }

    SqlSelect DistinctOn() => Select(_p.Active, _p.Id, Number(1)).From(_p).Where(Condition(1, joined: false)).DistinctOn(_p.Active).OrderBy(_p.Active, _p.Id.Desc());

    SqlExpr<long> Whole(int depth, bool joined) => depth == 0
        ? One<SqlExpr<long>>(() => _p.Id, () => _p.ParentId.AsType<long>(), () => (long)random.Next(-3, 10), () => joined ? _s.PartId : _p.Id)
        : One(
            () => Whole(0, joined),
            () => Whole(depth - 1, joined) + Whole(depth - 1, joined),
            () => Whole(depth - 1, joined) - Whole(depth - 1, joined),
            () => Whole(depth - 1, joined) * (long)random.Next(-3, 4),
            () => Whole(depth - 1, joined) / (long)random.Next(1, 4),
            () => Whole(depth - 1, joined) % (long)random.Next(1, 5),
            () => -Whole(depth - 1, joined),
            () => Coalesce(Whole(depth - 1, joined), 7L),
            () => NullIf(Whole(depth - 1, joined), 2L),
            () => Greatest(Whole(depth - 1, joined), Whole(depth - 1, joined)),
            () => Least(Whole(depth - 1, joined), 3L),
            () => Abs(Whole(depth - 1, joined)),
            () => When(Condition(depth - 1, joined), Whole(depth - 1, joined)).Else(5L),
            () => Select(Count()).From(_s).Where(_s.PartId == Whole(0, joined: false)).AsScalar<long>());

    SqlExpr<double> Number(int depth) => depth == 0
        ? One<SqlExpr<double>>(() => _p.Weight, () => random.Next(-8, 8) / 4.0)
        : One(() => Number(0), () => Number(depth - 1) + Number(depth - 1), () => Number(depth - 1) * Number(0), () => Number(depth - 1) / 4.0, () => -Number(depth - 1), () => Abs(Number(depth - 1)));

    SqlExpr<string> Word(int depth) => depth == 0
        ? One<SqlExpr<string>>(() => _p.Name, () => "ring", () => "größe", () => "")
        : One(() => Word(0), () => Word(0) + "-" + Word(0), () => Replace(Word(0), "i", "o"), () => Substring(_p.Name, 1, random.Next(1, 4)), () => Coalesce(_p.Name, "none"));

    SqlBool Condition(int depth, bool joined) => depth == 0
        ? One<SqlBool>(
            () => Whole(1, joined) > Whole(0, joined), () => Whole(1, joined) == (long)random.Next(5), () => _p.Name == Word(0), () => _p.Active, () => _p.ParentId.IsNull(),
            () => Number(1) <= Number(0), () => _p.Id.In(random.Next(9), random.Next(20)), () => _p.Name.In("ring", "it's", "x_y"), () => _p.Name.Like(One(() => "r%", () => "%i%", () => "_i%", () => "a!%%", () => "x\\_y")),
            () => _p.ParentId.IsDistinctFrom(random.Next(5)), () => _p.ParentId.AsType<long>().IsNotDistinctFrom(Whole(0, joined)), () => Whole(0, joined).Between(1L, random.Next(12)),
            () => Exists(Select(_s.PartId).From(_s.As("other")).Where(_s.As("other").PartId == _p.Id)) is var _ ? Exists(Select(_s.As("o").Amount).From(_s.As("o")).Where(_s.As("o").PartId == _p.Id)) : _p.Active,
            () => _p.Id.In(Select(_s.As("o").PartId).From(_s.As("o"))), () => Tuple(_p.Id, _p.ParentId).In(Tuple(Param(2L), Param(1L)), Tuple(Param(5L), Param(3L))))
        : One(() => Condition(depth - 1, joined) & Condition(depth - 1, joined), () => Condition(depth - 1, joined) | Condition(depth - 1, joined), () => !Condition(depth - 1, joined), () => Condition(0, joined));
}
