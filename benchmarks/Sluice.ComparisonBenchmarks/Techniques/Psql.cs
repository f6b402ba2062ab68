using Sluice.ComparisonBenchmarks.Targets;

namespace Sluice.ComparisonBenchmarks.Techniques;

/// <summary>How psql is called.</summary>
static class Psql
{
    internal static IEnumerable<string> Arguments(PostgresTarget target, string command) =>
        ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", target.Host, "-U", "postgres", "-d", "postgres", "-c", command];
}
