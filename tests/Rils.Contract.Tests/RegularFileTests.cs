using Rils.Contract;
using Rils.Tests.Plugins;

namespace Rils.Tests.Abstractions;

/// <summary>Files pass, also through links, and what only has a path like one is told by what it is. Pipes and sockets:
/// see the cases.</summary>
public sealed class RegularFileTests
{
    [Fact]
    public void Files_pass_and_so_does_nothing_at_all()
    {
        using TemporaryFolder folder = new();
        var (file, link, broken) =
            (Path.Combine(folder.Path, "file"), Path.Combine(folder.Path, "link"), Path.Combine(folder.Path, "broken"));
        File.WriteAllText(file, "");
        File.CreateSymbolicLink(link, file);
        File.CreateSymbolicLink(broken, "nowhere");
        Assert.All((string[])[file, link, broken, Path.Combine(folder.Path, "nowhere"), Path.Combine(file, "below")],
            path => Assert.Null(RegularFile.Other(path)));
        RegularFile.Require(link);
    }

    [Fact]
    public void Folders_and_devices_are_refused_by_name()
    {
        using TemporaryFolder folder = new();
        Assert.Equal("a folder", RegularFile.Other(folder.Path));
        Assert.Equal($"/dev/null is a device: name a regular file",
            Assert.Throws<IOException>(() => RegularFile.Require("/dev/null")).Message);
    }
}
