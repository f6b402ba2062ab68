using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Specification.Databases;
using Sluice.Specification.Reading.Related;

namespace Sluice.PostgreSql.Tests.Reading;

public sealed class Postgres15RelatedSpec(Postgres15 database) : RelatedSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18RelatedSpec(Postgres18 database) : RelatedSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15RelatedStreamSpec(Postgres15 database) : RelatedStreamSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18RelatedStreamSpec(Postgres18 database) : RelatedStreamSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15ReflectedRelationSpec(Postgres15 database) : ReflectedRelationSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ReflectedRelationSpec(Postgres18 database) : ReflectedRelationSpec(database), IClassFixture<Postgres18>;

public abstract class PostgresRelatedRefusalsSpec(PostgresDatabase database) : RelatedRefusalsSpec(database)
{
    protected override async Task CreateCaselessAsync()
    {
        await Database.ExecuteAsync("CREATE COLLATION caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
        await Database.ExecuteAsync("CREATE TABLE r_books(isbn text COLLATE caseless PRIMARY KEY)");
        await Database.ExecuteAsync("INSERT INTO r_books VALUES ('ABC')");
        await Database.ExecuteAsync("CREATE TABLE r_pages(id int, isbn text COLLATE caseless)");
        await Database.ExecuteAsync("INSERT INTO r_pages VALUES (1, 'abc')");
    }

    [Fact]
    public async Task Rows_that_come_directly_leave_no_room_for_statements()
    {
        var query = Sql.Select(o).From(o);
        var direct = new StreamOptions { Mode = StreamMode.Direct };

        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => ToListAsync(Engine.StreamAsync<Order>(query.Include(o.Lines).Include(o.Customer, IncludeStrategy.Joined), direct)));
        Assert.Equal("SLU0714", refused.Code);
        var read = await ToListAsync(Engine.StreamAsync<Order>(query.Include(o.Customer, IncludeStrategy.Joined), direct));
        Assert.Equal(6, read.Select(x => x.Customer?.Id).OfType<int>().Distinct().Count());
        Assert.Empty(await Database.OpenWorkAsync());
    }
}

public sealed class Postgres15RelatedRefusalsSpec(Postgres15 database) : PostgresRelatedRefusalsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18RelatedRefusalsSpec(Postgres18 database) : PostgresRelatedRefusalsSpec(database), IClassFixture<Postgres18>;

public abstract class PostgresRelatedStatementsSpec(PostgresDatabase database) : RelatedStatementsSpec(database)
{
    protected override async Task<IReadOnlyList<string>> TraceAsync(Func<Database, Task> work)
    {
        using var log = new CommandLog();
        await using var source = new NpgsqlDataSourceBuilder(database.ConnectionString).UseLoggerFactory(log).Build();
        await using (var engine = PostgresEngine.Create(source))
            await work(engine);
        return [.. log.Texts.Where(text => text.Contains("SELECT", StringComparison.Ordinal) && !text.Contains("set_config", StringComparison.Ordinal))];
    }

    /// <summary>What the driver says that it has executed.</summary>
    sealed class CommandLog : ILoggerFactory, ILogger
    {
        internal ConcurrentQueue<string> Texts { get; } = new();

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
            {
                foreach (var (name, value) in values)
                {
                    if (name is "CommandText" or "BatchCommands" && logLevel is LogLevel.Information)
                        Texts.Enqueue(value as string ?? formatter(state, exception));
                }
            }
        }

        public void Dispose()
        {
        }
    }
}

public sealed class Postgres15RelatedStatementsSpec(Postgres15 database) : PostgresRelatedStatementsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18RelatedStatementsSpec(Postgres18 database) : PostgresRelatedStatementsSpec(database), IClassFixture<Postgres18>;
