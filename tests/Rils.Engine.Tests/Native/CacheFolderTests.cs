using System.Diagnostics;
using System.Runtime.Versioning;
using Rils.Engine.Native;
using Rils.Tests.Plugins;

namespace Rils.Tests.Engine.Native;

/// <summary>The engine trusts the files of a cache, so nobody else may write in its folder.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CacheFolderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_users_own_is_made_and_taken()
    {
        var usual = folder.File("cache");
        var expected = Path.Combine(usual, "rils", "index");
        Assert.Equal(new CacheFolder(expected, null), CacheFolder.Of(usual, "index"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(expected));
        Assert.Empty(Directory.GetFiles(expected));
        Assert.Equal(new CacheFolder(expected, null), CacheFolder.Of(usual, "index"));
    }

    [Theory]
    [InlineData("rils", UnixFileMode.OtherWrite)]
    [InlineData("rils", UnixFileMode.GroupWrite)]
    [InlineData("rils/index", UnixFileMode.OtherWrite)]
    [InlineData("rils/index", UnixFileMode.GroupWrite)]
    public void One_that_others_can_write_is_refused(string name, UnixFileMode others)
    {
        var usual = folder.File("cache");
        var open = Directory.CreateDirectory(Path.Combine(usual, name)).FullName;
        File.SetUnixFileMode(open, File.GetUnixFileMode(open) | others);
        AssertPrivate(CacheFolder.Of(usual, "index"),
            $"{open} can be written by others (chmod go-w {open} mends that)");
    }

    [SkippableFact]
    public void One_of_somebody_else_is_refused()
    {
        var usual = folder.File("cache");
        var strange = Directory.CreateDirectory(Path.Combine(usual, "rils")).FullName;
        using (var chown =
            Process.Start(new ProcessStartInfo("chown", ["65534", strange]) { RedirectStandardError = true })!)
        {
            chown.WaitForExit();
            Skip.IfNot(chown.ExitCode == 0, "only root gives a folder to somebody else");
        }
        AssertPrivate(CacheFolder.Of(usual, "index"), $"{strange} is somebody else's");
    }

    [Fact]
    public void Where_none_can_be_there_is_a_private_one_that_ends_with_the_process()
    {
        AssertPrivate(CacheFolder.Of("/dev/null", "index"), "/dev/null/rils cannot be written");
        AssertPrivate(CacheFolder.Of(null, "index"), "neither XDG_CACHE_HOME nor HOME names a folder");
        File.WriteAllText(folder.File("file"), "");
        AssertPrivate(CacheFolder.Of(folder.File("file"), "index"), $"{folder.File("file")}/rils cannot be written");
    }

    static void AssertPrivate(CacheFolder cache, string why)
    {
        Assert.StartsWith(why, cache.Warning);
        Assert.Contains($"indices of data are kept in {cache.Path} until this command ends", cache.Warning);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(cache.Path));
        Directory.Delete(cache.Path);
    }
}
