using Sluice.Specification.Databases;

namespace Sluice.Specification;

/// <summary>What must hold for every database. A test project inherits a suite once for each database that it has.</summary>
public abstract class DatabaseSpec
{
    protected DatabaseSpec(TestDatabase database)
    {
        database.Require();
        Database = database;
    }

    protected TestDatabase Database { get; }

    protected Engine Engine => Database.Engine;
}
