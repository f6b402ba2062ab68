using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.PostgreSql.Tests;

[Table("folders")]
public sealed class Folder
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public Guid Id { get; set; }

    public string Name { get; set; } = "";

    public List<Paper> Papers { get; } = [];
}

[Table("papers")]
public sealed class Paper
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public Guid Id { get; set; }

    public Guid FolderId { get; set; }

    [ForeignKey(nameof(FolderId))]
    public Folder? Folder { get; set; }

    public string Name { get; set; } = "";
}

/// <summary>Keys that the database gives and that are no numbers.</summary>
public sealed class GraphOfUuidsTests(Postgres18 database) : IClassFixture<Postgres18>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_that_are_uuids_reach_the_children()
    {
        database.Require();
        await database.ExecuteAsync("CREATE TABLE folders (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL UNIQUE)");
        await database.ExecuteAsync("CREATE TABLE papers (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), folder_id uuid NOT NULL REFERENCES folders, name text NOT NULL UNIQUE)");
        Folder[] folders = [.. Enumerable.Range(0, 30).Select(i => new Folder { Name = $"f{i}", Papers = { new Paper { Name = $"f{i} a" }, new Paper { Name = $"f{i} b" } } })];

        Assert.Equal(90, (await database.Engine.InsertGraphAsync(folders, cancellationToken: Stop)).Inserted);
        Assert.Equal(60, await database.ScalarAsync<long>("SELECT count(*) FROM papers p JOIN folders f ON f.id = p.folder_id WHERE p.name LIKE f.name || ' _'"));
        foreach (var folder in folders)
            Assert.Equal(folder.Name, await database.ScalarAsync<string>($"SELECT name FROM folders WHERE id = '{folder.Id}'"));
        folders[0].Papers.Add(new Paper { Name = "later" });
        Assert.Equal(1, (await database.Engine.InsertGraphAsync(folders, cancellationToken: Stop)).Inserted);
    }
}
