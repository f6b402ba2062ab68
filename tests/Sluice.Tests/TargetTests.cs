
namespace Sluice.Tests;

/// <summary>What an upsert or an update is told is done or refused by name, never dropped.</summary>
public sealed class TargetTests
{
    static readonly Table s_t = new("t", null, [Column.For(new Column<object>("id", SqlType.BigInt)), Column.For(new Column<object>("a", SqlType.Integer)), Column.For(new Column<object>("b", SqlType.Integer))], [0]);

    static readonly Column<int> s_a = s_t.Column<int>("a");

    static readonly Column<int> s_b = s_t.Column<int>("b");

    static void Refused(string naming, Func<UpsertTarget, UpsertTarget> on) =>
        Assert.Contains(naming, Assert.Throws<ArgumentException>(() => on(UpsertTarget.Default)).Message, StringComparison.Ordinal);

    static void RefusedUpdate(string naming, Func<UpdateTarget, UpdateTarget> on) =>
        Assert.Contains(naming, Assert.Throws<ArgumentException>(() => on(UpdateTarget.Default)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_upsert_is_not_told_two_things_of_one_column()
    {
        Refused("'a' is set twice", on => on.Set(s_a).Set(s_a));
        Refused("'a' is set twice", on => on.Set(s_a, s_a + 1).Set(s_a));
        Refused("'a' is set twice", on => on.AlsoSet(s_a, s_a + 1).AlsoSet(s_a, s_a + 2));
        Refused("'a' is set twice", on => on.Set(s_a).AlsoSet(s_a, s_a + 2));
        Refused("'a' is to be set, and by InsertOnly to be kept", on => on.InsertOnly(s_a).Set(s_a));
        Refused("'a' is to be set, and by InsertOnly to be kept", on => on.Set(s_a).InsertOnly(s_b).InsertOnly(s_a));
        Refused("'b' is to be set, but DoNothing", on => on.Set(s_b).DoNothing());
        Refused("'b' is to be set, but DoNothing", on => on.DoNothingOnAnyKey().AlsoSet(s_b, s_a + 1));
        Refused("under a condition, but DoNothing", on => on.Where(s_b == 1).DoNothing());
        Refused("Set names no column", on => on.Set());
    }

    [Fact]
    public void A_key_is_said_once()
    {
        Refused("said twice", on => on.Columns(s_a).Columns(s_b));
        Refused("said twice", on => on.Columns(s_a).Constraint("t_key"));
        Refused("names a column twice", on => on.Columns(s_a, s_a));
        Refused("names no column", on => on.Columns());
        Refused("whichever key", on => on.Columns(s_a).DoNothingOnAnyKey());
        RefusedUpdate("said twice", on => on.Columns(s_a).Columns(s_b));
        RefusedUpdate("names no column", on => on.Columns());
    }

    [Fact]
    public void An_update_sets_a_column_once_and_a_delete_none()
    {
        RefusedUpdate("'a' is set twice", on => on.Set(s_a, s_a + 1).Set(s_b).Set(s_a));
        RefusedUpdate("Set names no column", on => on.Set());
        Assert.Contains("a delete sets nothing", Assert.Throws<ArgumentException>(() => TargetCheck.ForDelete(UpdateTarget.Default.Set(s_a))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Conditions_and_kept_columns_add_up()
    {
        Assert.Equal(["a", "b"], UpsertTarget.Default.InsertOnly(s_a).InsertOnly(s_b).OnInsert.Select(c => c.Name));
        Assert.Equal((s_a == 1 & s_b == 2).Node, UpsertTarget.Default.Where(s_a == 1).Where(s_b == 2).Condition!.Node);
        Assert.Equal((s_a == 1 & s_b == 2).Node, UpdateTarget.Default.Where(s_a == 1).Where(s_b == 2).Condition!.Node);
    }
}
