namespace Sluice.Cli.Tests.Copies;

/// <summary>A column of every type that both databases can keep, with null, the empty, the awkward and the extremes.</summary>
static class AllTypes
{
    internal const string Columns =
        """
        id integer PRIMARY KEY, yes boolean, small smallint, whole integer, big bigint, single real, twice double precision, exact numeric, priced numeric(30,10),
        words text, short varchar(40), padded char(8), raw bytea, uid uuid, day date, clock time, clocktz timetz, local timestamp, moment timestamptz,
        span interval, doc json, docb jsonb, numbers integer[], names text[], moments timestamptz[], grid integer[], prices numeric[], flags boolean[]
        """;

    internal const string Rows =
        """
        (1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        (2, true, -32768, -2147483648, -9223372036854775808, 1.17549435e-38, 2.2250738585072014e-308, -99999999999999999999999999999999999999999999.0000000000000000000001, 1.5,
         '', '', '', '', '00000000-0000-0000-0000-000000000000', '0001-01-01', '00:00:00', '00:00:00+14', '0001-01-01 00:00:00', '0001-01-01 00:00:00+00',
         '-178000000 years', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'),
        (3, false, 32767, 2147483647, 9223372036854775807, 3.40282347e38, 1.7976931348623157e308, 123456789012345678901234567890.1234567890123456789012345678901234567890, 99999999999999999999.9999999999,
         E'tab\t, comma "quotes" ''single'' \\ back\nline\r\nend', ' padded ', 'abc', '\x00ff0a0d2c22', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '9999-12-31', '23:59:59.999999', '23:59:59.999999-12:34',
         '9999-12-31 23:59:59.999999', '9999-12-31 23:59:59.999999+00', '1 year 2 mons -3 days 04:05:06.789012', '{"b": 1,  "a": [1, "x\ny", null]}', '{"b": 1, "a": [1, "é", null]}',
         '{1,NULL,-2147483648}', ARRAY['', NULL, 'NULL', E'a"b\\c,d{e}\n', 'é漢😀'], '{"2024-02-29 12:34:56.789012+00",NULL}', '{{1,2},{3,NULL}}', '{1.50,NaN,NULL,1e-30}', '{t,f,NULL}'),
        (4, true, 0, 0, 0, '-Infinity', 'Infinity', 0, 0.0000000001, 'NULL', '\N', 'é漢', '\x', '0123e456-7890-abcd-ef01-23456789abcd', '2024-02-29', '12:00:00.5', '12:00:00+00',
         '2024-02-29 12:34:56.5', '2024-03-31 02:30:00.000001+02', '3 days', '"text"', '[1, 2.50, 1e3]', '{0}', '{"null"}', '{infinity}', '{{1}}', '{0}', '{t}'),
        (5, true, 1, 1, 9007199254740993, 0.1, 0.1, 1.10, 1.10, 'é漢😀', 'x', 'y', '\xdeadbeef', '00000000-0000-0000-0000-000000000001', 'infinity', '24:00:00', '24:00:00-01',
         '-infinity', 'infinity', '00:00:00.000001', '[]', 'null', '{1,2,3}', '{a,b}', '{}', '{}', '{1}', '{f}')
        """;

    internal const int Count = 5;

    /// <summary>What has no place in SQLite's values, or in JSON's.</summary>
    internal const string OnlyPostgres = "address inet, around int4range, shifted integer[], forever timestamptz, never date, endless numeric, mixed text[][], noreal real, nodouble double precision";

    internal const string OnlyPostgresValues =
        "'10.0.0.1/8'::inet, '[1,5)'::int4range, '[0:1]={7,8}'::integer[], 'infinity'::timestamptz, '-infinity'::date, 'NaN'::numeric, '{{a,b},{\"\",NULL}}'::text[], 'NaN'::real, 'NaN'::double precision";
}
