using Npgsql;

namespace Sluice.Cli.Tests;

public sealed class TargetAddressTests
{
    [Theory]
    [InlineData("app.db", "app.db")]
    [InlineData("dir/app.sqlite3", "dir/app.sqlite3")]
    [InlineData("/tmp/no extension", "/tmp/no extension")]
    [InlineData("sqlite:a@b.db", "a@b.db")]
    [InlineData("SQLITE:x", "x")]
    public void Paths_are_sqlite_databases(string text, string path) => Assert.Equal(path, TargetAddress.Parse(text).SqlitePath);

    [Theory]
    [InlineData("postgres://ann:p%40ss%25%23%2F%3A%3F@db:5433/app", "ann", "p@ss%#/:?", "db", 5433, "app")]
    [InlineData("postgresql://ann:p@ss#1@db/app", "ann", "p@ss#1", "db", 5432, "app")]
    [InlineData("postgres://ann:100%@db/app", "ann", "100%", "db", 5432, "app")]
    [InlineData("postgres://ann:a%3Bb%3D'%22c%20@db/app", "ann", "a;b='\"c ", "db", 5432, "app")]
    [InlineData("postgres://ann:a:b@db/app", "ann", "a:b", "db", 5432, "app")]
    [InlineData("postgres://%C3%A4nn:%E2%82%AC@db/b%C3%BCro", "änn", "€", "db", 5432, "büro")]
    [InlineData("postgres://ann@[::1]:5433/app", "ann", null, "::1", 5433, "app")]
    [InlineData("postgres:///app?host=/var/run/pg&user=ann&password=s%26t", "ann", "s&t", "/var/run/pg", 5432, "app")]
    [InlineData("postgres://ann@%2Fvar%2Frun/app", "ann", null, "/var/run", 5432, "app")]
    [InlineData("postgres://ann:x@one:1,two:2/app", "ann", "x", "one:1,two:2", 5432, "app")]
    public void Urls_become_connection_strings(string url, string user, string? password, string host, int port, string database)
    {
        var builder = new NpgsqlConnectionStringBuilder(TargetAddress.Parse(url).ConnectionString);
        Assert.Equal((user, password, host, port, database), (builder.Username, builder.Password, builder.Host, builder.Port, builder.Database));
        Assert.Equal("sluice", builder.ApplicationName);
    }

    [Fact]
    public void Parameters_have_the_names_and_values_of_libpq()
    {
        var target = TargetAddress.Parse("postgres://db/app?sslmode=verify-full&application_name=etl&connect_timeout=3&target_session_attrs=read-write&sslrootcert=/ca.pem");
        var builder = new NpgsqlConnectionStringBuilder(target.ConnectionString);
        Assert.Equal(SslMode.VerifyFull, builder.SslMode);
        Assert.Equal("etl", builder.ApplicationName);
        Assert.Equal(3, builder.Timeout);
        Assert.Equal("/ca.pem", builder.RootCertificate);
    }

    [Fact]
    public void Connection_strings_are_taken_as_they_are()
    {
        var builder = new NpgsqlConnectionStringBuilder(TargetAddress.Parse("Host=db;Username=ann;Password='a;b';Database=app").ConnectionString);
        Assert.Equal(("db", "ann", "a;b", "app"), (builder.Host, builder.Username, builder.Password, builder.Database));
    }

    [Theory]
    [InlineData("host=db user=ann password=p@ss dbname=app", "db", "p@ss")]
    [InlineData("  host = db  user =ann password= 'it\\'s a; \\\\b' dbname='app'", "db", "it's a; \\b")]
    [InlineData("host=db user=ann password=a\\ b;c=d dbname=app", "db", "a b;c=d")]
    [InlineData("user=ann dbname=app hostaddr=10.0.0.1 password=''", "10.0.0.1", null)]
    [InlineData("host=db hostaddr=10.0.0.1 user=ann dbname=app password=x", "10.0.0.1", "x")]
    [InlineData("host=/var/run/pg user=ann dbname=app password=x", "/var/run/pg", "x")]
    [InlineData("Host=db Username=ann Database=app Password=x", "db", "x")]
    public void Keywords_and_values_are_read_as_libpq_reads_them(string text, string host, string? password)
    {
        var builder = new NpgsqlConnectionStringBuilder(TargetAddress.Parse(text).ConnectionString);
        Assert.Equal(("ann", password, host, 5432, "app"), (builder.Username, string.IsNullOrEmpty(builder.Password) ? null : builder.Password, builder.Host, builder.Port, builder.Database));
    }

    [Fact]
    public void Keywords_of_libpq_become_the_drivers_or_are_refused_by_name()
    {
        const string Text = "host=one,two port=5433,5434 user=ann dbname=app sslmode=verify-full sslrootcert=/ca.pem passfile=/pass options='-c a=b' application_name=etl "
            + "connect_timeout=3 target_session_attrs=read-write channel_binding=require keepalives=1 keepalives_idle=30 load_balance_hosts=random client_encoding=auto";
        var builder = new NpgsqlConnectionStringBuilder(TargetAddress.Parse(Text).ConnectionString);
        Assert.Equal(("one:5433,two:5434", "/pass", "-c a=b", "etl", 3), (builder.Host, builder.Passfile, builder.Options, builder.ApplicationName, builder.Timeout));
        Assert.Equal((SslMode.VerifyFull, "/ca.pem", ChannelBinding.Require, "read-write"), (builder.SslMode, builder.RootCertificate, builder.ChannelBinding, builder.TargetSessionAttributes));
        Assert.Equal((true, 30, true), (builder.TcpKeepAlive, builder.TcpKeepAliveTime, builder.LoadBalanceHosts));
        foreach (var keyword in (string[])["service", "sslcrl", "requirepeer", "replication"])
            Assert.Contains($"'{keyword}'", Assert.Throws<BulkPlanException>(() => TargetAddress.Parse($"host=db {keyword}=x")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host=db user=ann password=hunter 2 dbname=app")]
    [InlineData("host=db user=ann password='hunter2 dbname=app")]
    [InlineData("host=db user=ann password='hunter2'x dbname=app")]
    [InlineData("host=db user=ann pass=hunter2 dbname=app")]
    [InlineData("host=db user=ann password=hunter2 port=hunter2")]
    [InlineData("host=db user=ann dbname=postgres://ann:hunter2@db/app")]
    [InlineData("Host=db password=hunter2;Database=app")]
    [InlineData("Host=\"db password=hunter2\";Database=app")]
    [InlineData("postgres://db/app?hunter2=1")]
    [InlineData("postgres:hunter2@db/app.db")]
    [InlineData("postgres://ann:hunter/2@db/app")]
    [InlineData("postgres://ann:123?hunter=2@db/app")]
    [InlineData("postgres://ann:hunter2@db:port/app")]
    [InlineData("postgres://ann:hunter2@db:99999/app")]
    [InlineData("postgres://ann:hunter2@db/app?sslmode=hunter")]
    [InlineData("postgres://ann:hunter2@db/app?nonsense=1")]
    [InlineData("postgres:/ann:hunter2@db/app")]
    [InlineData("mysql://ann:hunter2@db/app")]
    [InlineData("ann:hunter2@db/app")]
    [InlineData("Hst=db;Password=hunter2")]
    [InlineData("Host=db;Pasword=hunter2")]
    [InlineData("Host=db;Port=hunter2")]
    [InlineData("Pasword=hunter2")]
    [InlineData("sqlite://hunter2")]
    [InlineData(":memory:")]
    [InlineData("")]
    public void What_is_no_target_is_refused_without_being_repeated(string text)
    {
        var refusal = Assert.Throws<BulkPlanException>(() => TargetAddress.Parse(text));
        Assert.Equal("SLU0404", refusal.Code);
        Assert.DoesNotContain("hunter", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Npgsql: Host=h;Password=hunter2;Database=d failed")]
    [InlineData("pwd = 'hunter2;x' no")]
    [InlineData("PASSWORD=\"hunter2 x\"")]
    [InlineData("cannot open postgres://ann:hunter2@db/app")]
    public void Passwords_in_the_texts_of_others_are_masked(string text)
    {
        var masked = Secrets.Hide(text);
        Assert.DoesNotContain("hunter", masked, StringComparison.Ordinal);
        Assert.Contains("***", masked, StringComparison.Ordinal);
    }
}
