using Rils.Contract;
using Rils.Tests.Plugins;

namespace Rils.Tests.Abstractions;

/// <summary>Regular files pass, through links too. A refusal says what a path names instead: a folder or a device, say.
/// <c>InputCasesTests</c> holds the cases of pipes and sockets.</summary>
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
