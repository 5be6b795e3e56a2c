using Rils.Files;
using Rils.Tests.Plugins;

namespace Rils.Tests.Engine.Files;

/// <summary>A walk through a folder ends, with any links in the folder.</summary>
public sealed class FolderTreeTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string At(params string[] parts) => Path.Combine([folder.Path, .. parts]);

    [Fact]
    public void Files_are_found_behind_links_that_lead_elsewhere()
    {
        Directory.CreateDirectory(At("tree", "below"));
        Directory.CreateDirectory(At("other"));
        foreach (var file in (string[])[At("tree", "a"), At("tree", "below", "b"), At("other", "c")])
            File.WriteAllText(file, "");
        Directory.CreateSymbolicLink(At("tree", "link"), At("other"));
        Directory.CreateSymbolicLink(At("tree", "again"), "../other");
        Assert.Equal([At("tree", "a"), At("tree", "again", "c"), At("tree", "below", "b"), At("tree", "link", "c")],
            FolderTree.Files(At("tree")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("tree/link", ".")]
    [InlineData("tree/below/link", "..")]
    [InlineData("tree/below/link", "../../tree")]
    public void A_link_to_a_folder_above_is_named(string link, string target)
    {
        Directory.CreateDirectory(At("tree", "below"));
        Directory.CreateSymbolicLink(At(link), target);
        Assert.Equal($"{At(link)} is a link back to {At("tree")}, which it lies in: remove the link",
            Assert.Throws<IOException>(() => FolderTree.Files(At("tree"))).Message);
    }

    [Fact]
    public void Two_folders_with_links_to_each_other_are_a_loop()
    {
        Directory.CreateDirectory(At("tree", "one"));
        Directory.CreateDirectory(At("tree", "two"));
        Directory.CreateSymbolicLink(At("tree", "one", "link"), "../two");
        Directory.CreateSymbolicLink(At("tree", "two", "link"), "../one");
        Assert.Contains("is a link back to", Assert.Throws<IOException>(() => FolderTree.Files(At("tree"))).Message);
    }
}
