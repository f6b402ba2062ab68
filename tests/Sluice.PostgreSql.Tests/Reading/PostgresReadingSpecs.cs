using Sluice.Specification.Databases;
using Sluice.Specification.Reading;

namespace Sluice.PostgreSql.Tests.Reading;

public sealed class Postgres15StreamSpec(Postgres15 database) : StreamSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18StreamSpec(Postgres18 database) : StreamSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15StreamFaultsSpec(Postgres15 database) : StreamFaultsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18StreamFaultsSpec(Postgres18 database) : StreamFaultsSpec(database), IClassFixture<Postgres18>;

[Collection(typeof(Alone))]
public sealed class Postgres15StreamMemorySpec(Postgres15 database) : StreamMemorySpec(database), IClassFixture<Postgres15>;

[Collection(typeof(Alone))]
public sealed class Postgres18StreamMemorySpec(Postgres18 database) : StreamMemorySpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15StreamByKeySpec(Postgres15 database) : StreamByKeySpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18StreamByKeySpec(Postgres18 database) : StreamByKeySpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15DataReaderSpec(Postgres15 database) : DataReaderSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18DataReaderSpec(Postgres18 database) : DataReaderSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15DataReaderFaultsSpec(Postgres15 database) : DataReaderFaultsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18DataReaderFaultsSpec(Postgres18 database) : DataReaderFaultsSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15PipelineSpec(Postgres15 database) : PipelineSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18PipelineSpec(Postgres18 database) : PipelineSpec(database), IClassFixture<Postgres18>;

[Collection(typeof(Alone))]
public sealed class Postgres15PipelineMemorySpec(Postgres15 database) : PipelineMemorySpec(database), IClassFixture<Postgres15>;

[Collection(typeof(Alone))]
public sealed class Postgres18PipelineMemorySpec(Postgres18 database) : PipelineMemorySpec(database), IClassFixture<Postgres18>;

public abstract class PostgresTransactionPipelineSpec(TestPostgres database) : TransactionPipelineSpec(database)
{
    protected override Task<BegunTransaction> AttachAsync() => database.AttachAsync();

    protected override string ListTables => "SELECT relname FROM pg_class WHERE relkind = 'r'";
}

public sealed class Postgres15TransactionPipelineSpec(Postgres15 database) : PostgresTransactionPipelineSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18TransactionPipelineSpec(Postgres18 database) : PostgresTransactionPipelineSpec(database), IClassFixture<Postgres18>;

public abstract class PostgresFirstRowsSpec(TestPostgres database) : FirstRowsSpec(database)
{
    protected override string ThirdRowFails =>
        "SELECT CASE WHEN n > 2 THEN 1 / (n - n) ELSE n END AS id FROM generate_series(1::bigint, 1000) AS n";
}

public sealed class Postgres15FirstRowsSpec(Postgres15 database) : PostgresFirstRowsSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18FirstRowsSpec(Postgres18 database) : PostgresFirstRowsSpec(database), IClassFixture<Postgres18>;
