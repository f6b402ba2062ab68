using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Sluice.PostgreSql.Tests;

[RowOf("hosts")]
public sealed partial record Host([property: Key] IPAddress Address, [property: Key] BitArray Flags, int Version);

/// <summary>Keys of types that have no writing of their own.</summary>
public sealed class AddressKeyTests(Postgres18 database) : IClassFixture<Postgres18>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Addresses_and_bits_tell_rows_apart()
    {
        database.Require();
        await database.ExecuteAsync("CREATE TABLE hosts (address inet, flags bit varying, version int, PRIMARY KEY (address, flags))");
        Host[] rows =
        [
            new(IPAddress.Parse("10.0.0.1"), new BitArray([true]), 1), new(IPAddress.Parse("10.0.0.2"), new BitArray([true]), 2), new(IPAddress.Parse("10.0.0.2"), new BitArray([true, false]), 3),
        ];
        Assert.Equal(3, (await database.Engine.UpsertAsync(rows, cancellationToken: Stop)).Inserted);
        await Assert.ThrowsAsync<BulkRowException>(() => database.Engine.UpsertAsync([.. rows, rows[2] with { Address = IPAddress.Parse("10.0.0.2") }], cancellationToken: Stop));
        Assert.Equal(3, await database.CountAsync("hosts"));
    }
}
