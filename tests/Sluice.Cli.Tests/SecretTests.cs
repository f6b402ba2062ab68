using System.Globalization;
using Sluice.Cli.Tests.Runs;

namespace Sluice.Cli.Tests;

/// <summary>A password that was put into the command line, in whatever form and wherever, is printed nowhere.</summary>
public sealed class SecretTests : IDisposable
{
    readonly Workplace _workplace = new();

    /// <summary>Addresses as people write them, also wrongly; {0} is the secret as it is.</summary>
    static readonly string[] s_forms =
    [
        "postgres://ann:{0}@127.0.0.1:1/app",
        "postgresql://ann:{0}@/app?host=127.0.0.1&port=1",
        "postgres://127.0.0.1:1/app?user=ann&password={0}",
        "postgres:/ann:{0}@127.0.0.1:1/app",
        "postgres:ann:{0}@127.0.0.1:1/app",
        "mysql://ann:{0}@127.0.0.1/app",
        "ann:{0}@127.0.0.1/app",
        "host=127.0.0.1 port=1 user=ann password={0} dbname=app",
        "hostaddr=127.0.0.1 port=1 user=ann password = '{0}' dbname=app",
        "password={0} host=127.0.0.1 port=1",
        "host=127.0.0.1 port=1 user=ann pasword=x password={0}",
        "Host=127.0.0.1;Port=1;Username=ann;Password={0};Database=app",
        "Host=127.0.0.1;Port=1;Username=ann;Password=\"{0}\"",
        "Host=127.0.0.1;Port=1;Username=ann;Password=\"{0}",
        "Host=…;Password=\"{0}\"",
        "Host=127.0.0.1 Port=1 Username=ann Password={0};Database=app",
        "Server=127.0.0.1;Port=1;Uid=ann;Pwd='{0}'",
        "Host=127.0.0.1;Port=1;Usr=ann;Password={0}",
    ];

    /// <summary>Where an address can be put; # is the address.</summary>
    static readonly string[] s_places =
    [
        "load rows.csv --to #", "load rows.csv --to=#", "load rows.csv --too #", "load rows.csv --too=#", "load rows.csv # --to a.db", "load # --to a.db", "load # --table t --to a.db",
        "load rows.csv --to a.db --create --table #", "load rows.csv --to a.db --create --table t --key #", "load rows.csv --to a.db --create --set #",
        "load rows.csv --to a.db --create --mode upsert --where #", "load rows.csv --to a.db --mode #", "load rows.csv --to a.db --create --map #",
        "load rows.csv --to a.db --create --chunk #", "load rows.csv --to a.db --create --delimiter #", "load rows.csv --to a.db --create --null #",
        "load rows.csv --to a.db --create --progress #", "load # --from-table t --to a.db", "load # --query VALUES(1) --table t --to a.db", "load there.db --from-table # --to a.db",
        "load there.db --query # --table t --to a.db", "load rows.csv --to #  --progress json", "load rows.csv --to # --dry-run", "load rows.csv --password # --to a.db",
        "export # --table t", "export # --query VALUES(1)", "export there.db --table #", "export there.db --query #", "export there.db --table t -o #",
        "export there.db --table t --format #", "export there.db --table t --null #", "export there.db # --table t", "sniff #", "sniff rows.csv #", "sniff rows.csv --null #",
        "sniff rows.csv --format #", "#", "load#", "# load rows.csv", "load", "export --table t",
    ];

    public static TheoryData<string> Places => [.. s_places];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_secret_is_shown_in_no_stream_wherever_it_was_put(string place)
    {
        _workplace.Write("rows.csv", "id,name\n1,Ann\n");
        await Sluice.Specification.Servers.Tool.RunAsync("sqlite3", [Path.Combine(_workplace.Folder, "there.db"), "CREATE TABLE t (id)"]);
        var random = new Random();
        foreach (var form in random.GetItems(s_forms, 3).Distinct(StringComparer.Ordinal))
        {
            var secret = "s3" + random.Next(1_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture) + "Zq";
            var address = string.Format(CultureInfo.InvariantCulture, form, secret);
            string[] arguments = [.. place.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => a.Replace("#", address, StringComparison.Ordinal))];
            // A place without one: the variable, which stands where no target is named.
            var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["SLUICE_DEBUG"] = random.Next(2).ToString(CultureInfo.InvariantCulture), ["SLUICE_TO"] = place.Contains('#', StringComparison.Ordinal) ? "" : address };
            var run = await SluiceProgram.RunAsync(_workplace.Folder, [.. arguments.Length == 1 && arguments[0] is "load" ? ["load", "rows.csv"] : arguments], environment: variables);
            Assert.False(run.Text.Contains(secret, StringComparison.Ordinal) || run.Errors.Contains(secret, StringComparison.Ordinal),
                $"sluice {string.Join(' ', arguments)}\n{run.Text}\n{run.Errors}");
            Assert.True(run.ExitCode is ExitCode.Usage or ExitCode.Unreachable or ExitCode.Failed || place.Contains("--null", StringComparison.Ordinal) || place.Contains("--map", StringComparison.Ordinal), $"{run.ExitCode}: sluice {string.Join(' ', arguments)}");
            Assert.DoesNotContain("134", run.ExitCode.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("load", "ann:s3cret@db/app")]
    [InlineData("load", "postgres:/ann:s3cret@db/app")]
    [InlineData("load", "Host=…;Password=\"s3cret\"")]
    [InlineData("load", "host=db user=ann password=s3cret dbname=app")]
    [InlineData("sniff", "ann:s3cret@db/app")]
    [InlineData("load", "rows.csv", "--to", "a.db", "--table", "ann:s3cret@db/app")]
    [InlineData("load", "rows.csv", "--to", "a.db", "--key", "ann:s3cret@db/app")]
    [InlineData("load", "rows.csv", "--too=ann:s3cret@db/app")]
    [InlineData("export", "a.db", "--table", "t", "-o", "ann:s3cret@db/app")]
    [InlineData("export", "a.db", "--query", "postgres://ann:s3cret@db/app")]
    [InlineData("ann:s3cret@db/app")]
    public async Task An_address_where_none_belongs_is_refused_without_being_repeated(params string[] arguments)
    {
        _workplace.Write("rows.csv", "id,name\n1,Ann\n");
        var run = await SluiceProgram.RunAsync(_workplace.Folder, arguments);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("(SLU0401)", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", run.Errors + run.Text, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_workplace.Folder));
    }

    public void Dispose() => _workplace.Dispose();
}
