using System.Globalization;
using Npgsql;

namespace Sluice.PostgreSql.Pooling;

/// <summary>What an engine's options say beside a data source of the application's, which has bounds and sessions of its own.</summary>
sealed class DataSourceSettings
{
    readonly NpgsqlConnectionStringBuilder _source;
    readonly int? _mostPrepared;

    DataSourceSettings(NpgsqlConnectionStringBuilder source, PostgresEngineOptions options)
    {
        _source = source;
        _mostPrepared = options.PreparedStatements;
        PerTransaction = EngineTimeouts.Of(options, source.Options)?.PerTransaction;
    }

    internal bool Enlists => _source.Enlist;

    /// <summary>Whether many connections of the data source share one of the server's.</summary>
    internal bool Multiplexes => _source.Multiplexing;

    /// <summary>What is set in every transaction, or null.</summary>
    internal TransactionOptions? PerTransaction { get; }

    /// <exception cref="ArgumentException">
    /// An option is the data source's to decide, or says one thing where its connection string says another.
    /// </exception>
    internal static DataSourceSettings Of(string connectionString, PostgresEngineOptions options)
    {
        Refuse(nameof(options.PoolSize), options.PoolSize is not null, "'Maximum Pool Size' in its connection string");
        Refuse(nameof(options.MaxOverflow), options.MaxOverflow is not null, "'Maximum Pool Size' in its connection string");
        Refuse(nameof(options.PoolTimeout), options.PoolTimeout is not null, "'Timeout' in its connection string");
        Refuse(nameof(options.PoolRecycle), options.PoolRecycle is not null, "'Connection Lifetime' in its connection string");
        Refuse(nameof(options.PrePing), options.PrePing is not null, "'Keepalive' in its connection string");
        Refuse(nameof(options.LoadTypes), options.LoadTypes is not null, "ConfigureTypeLoading of its builder");
        var source = new NpgsqlConnectionStringBuilder(connectionString);
        if (options.PreparedStatements is { } wanted && source.MaxAutoPrepare > 0 && source.MaxAutoPrepare != wanted)
            throw ConnectionProblems.Contradiction(nameof(options.PreparedStatements), "Max Auto Prepare",
                source.MaxAutoPrepare.ToString(CultureInfo.InvariantCulture));
        return new DataSourceSettings(source, options);
    }

    static void Refuse(string option, bool isSet, string instead)
    {
        if (isSet)
            throw ConnectionProblems.DataSourceDecides(option, instead);
    }

    /// <summary>What is known of a connection that the data source has not lent to the engine before.</summary>
    /// <remarks>Where the driver prepares by itself, nothing is left for the engine to prepare.</remarks>
    internal Backend NewBackend() => _mostPrepared switch
    {
        0 => Backend.Shared(),
        { } count when _source.MaxAutoPrepare == 0 => Backend.OfCaller(_source, count),
        _ => Backend.OfCaller(_source, mostPrepared: 0),
    };
}
