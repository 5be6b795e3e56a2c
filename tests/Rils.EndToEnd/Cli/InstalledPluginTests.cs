using System.IO.Compression;
using Rils.Engine.Plugins;
using Rils.Tests.Engine.Plugins;

namespace Rils.Tests.Cli;

/// <summary><c>rils plugins add</c> and <c>rils plugins remove</c>.</summary>
public sealed class InstalledPluginTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    string Store => temporary["store"];

    /// <summary>Runs <c>rils plugins</c> with the store of this test.</summary>
    Outcome Rils(params string[] arguments)
    {
        using var process = Command.Start(["plugins", .. arguments], new() { [PluginLocations.Variable] = Store });
        var (code, output, error) = process.Finished();
        return new(code, output, error);
    }

    string[] Installed() => [.. Directory.GetFileSystemEntries(Store).Select(path => Path.GetFileName(path))
        .Where(name => name != ".lock").Order(StringComparer.Ordinal)];

    /// <summary>Makes a package of a fixture's files, each at the path that <c>place</c> gives it.</summary>
    string Package(string file, string fixture, Func<string, string> place, Action<ZipArchive>? more = null)
    {
        using var archive = ZipFile.Open(temporary[file], ZipArchiveMode.Create);
        foreach (var path in Directory.GetFiles(FixturePlugins.Of(fixture), "*", SearchOption.AllDirectories))
            archive.CreateEntryFromFile(path, place(Path.GetRelativePath(FixturePlugins.Of(fixture), path)));
        more?.Invoke(archive);
        return temporary[file];
    }

    static void Write(ZipArchive archive, string name, string text)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(text);
    }

    [Theory]
    [InlineData("flat.zip", "")]
    [InlineData("nested.zip", "Alice-1.2.0/Alice/")]
    [InlineData("Alice.1.2.0.nupkg", "lib/net10.0/")]
    public void A_package_is_installed_listed_and_removed(string file, string prefix)
    {
        var package = Package(file, "Alice", path => prefix + path, archive =>
        {
            if (!file.EndsWith(".nupkg")) return;
            Write(archive, "Alice.nuspec", "<package />");
            Write(archive, "[Content_Types].xml", "<Types />");
            Write(archive, "runtimes/linux-x64/native/libnothing.so", "");
        });
        Assert.Equal($"plugin Alice 1.2.0 is installed in {Path.Combine(Store, "Alice")}\n",
            Rils("add", package).Returns(0).Output);
        Assert.Equal(["Alice"], Installed());
        Assert.Contains(Rils().Returns(0).Output.Split('\n'), line =>
            line.StartsWith("Alice ") && line.Contains("optimizer = alice/lion"));
        Assert.StartsWith("[optimizer] kind = \"alice/lion\"  (Alice)\n", Rils("lion").Returns(0).Output);
        Assert.Equal(Rils("lion").Output, Rils("alice/lion").Output);
        Assert.Equal($"plugin Alice 1.2.0 is installed already in {Path.Combine(Store, "Alice")}\n",
            Rils("add", package).Returns(0).Output);
        Assert.Equal($"{Path.Combine(Store, "Alice")} is removed\n", Rils("remove", "alice").Returns(0).Output);
        Assert.Empty(Installed());
        Assert.DoesNotContain("Alice", Rils().Returns(0).Output);
    }

    [Fact]
    public void A_folder_is_installed_and_another_build_takes_its_place_only_where_that_is_asked_for()
    {
        Rils("add", FixturePlugins.Of("Alice")).Returns(0);
        var other = FixturePlugins.CopyTo(temporary["Other"], "Alice");
        File.WriteAllText(Path.Combine(other, "notes.txt"), "another build");
        Assert.Equal("error: another build of plugin Alice is installed: 1.2.0\n"
            + $"  where: {Store}\n  fix:   --replace puts 1.2.0 in its place\n", Rils("add", other).Returns(2).Error);
        Assert.False(File.Exists(Path.Combine(Store, "Alice", "notes.txt")));
        Rils("add", other, "--replace").Returns(0);
        Assert.Equal("another build", File.ReadAllText(Path.Combine(Store, "Alice", "notes.txt")));
        Assert.Equal(["Alice"], Installed());
    }

    [Fact]
    public void What_another_needs_is_there_first_and_goes_last()
    {
        var refused = Rils("add", FixturePlugins.Of("Fixture.Builder")).Returns(2).Error;
        Assert.Equal("error: plugin Fixture.Builder needs plugin alice [1.0,2.0), which is not here\n"
            + $"  where: {FixturePlugins.Of("Fixture.Builder")}\n"
            + "  fix:   install it by `rils plugins add FILE`, or name the folder of alice by --plugins too\n",
            refused);
        Assert.Empty(Installed());
        Rils("add", FixturePlugins.Of("Alice")).Returns(0);
        Rils("add", FixturePlugins.Of("Fixture.Builder")).Returns(0);
        Assert.StartsWith("error: plugin Fixture.Builder needs plugin Alice\n",
            Rils("remove", "Alice").Returns(2).Error);
        Rils("remove", "Fixture.Builder").Returns(0);
        Rils("remove", "Alice").Returns(0);
    }

    [Theory]
    [InlineData("Fixture.Throws", "error: plugin Fixture.Throws failed in Configure: ")]
    [InlineData("Fixture.ShipsTorch", "error: plugin Fixture.ShipsTorch ships its own ")]
    public void A_plugin_that_no_command_would_load_is_not_installed(string fixture, string expected)
    {
        var outcome = Rils("add", FixturePlugins.Of(fixture)).Returns(2);
        Assert.StartsWith(expected, outcome.Error);
        Assert.Contains($"  where: {FixturePlugins.Of(fixture)}", outcome.Error);
        Assert.Empty(Installed());
    }

    [Theory]
    [InlineData("../outside.txt", "bad.zip holds ../outside.txt, which would lie outside of the plugin's folder")]
    [InlineData("a/../../outside.txt", "which would lie outside of the plugin's folder")]
    [InlineData("..\\outside.txt", "which would lie outside of the plugin's folder")]
    [InlineData("/tmp/outside.txt", "which would lie outside of the plugin's folder")]
    [InlineData("Second/Second.dll", "bad.zip holds assemblies in several folders: First, Second")]
    public void A_package_that_is_no_plugins_is_refused(string entry, string expected)
    {
        var package = Package("bad.zip", "Alice", path => $"First/{path}", archive => Write(archive, entry, "x"));
        Assert.Contains(expected, Rils("add", package).Returns(2).Error);
        Assert.Empty(Installed());
        Assert.False(File.Exists(temporary["outside.txt"]) || File.Exists(Path.Combine(Store, "outside.txt")));
    }

    [Fact]
    public void A_link_in_a_package_is_refused()
    {
        var package = Package("bad.zip", "Alice", path => path, archive =>
        {
            var link = archive.CreateEntry("link");
            link.ExternalAttributes = unchecked((int)0xA1FF0000); // a link, by the mode of Unix
            using var writer = new StreamWriter(link.Open());
            writer.Write("/etc");
        });
        Assert.Contains("holds link, which would lie outside", Rils("add", package).Returns(2).Error);
    }

    [Fact]
    public void Anything_else_is_told_with_the_fix()
    {
        File.WriteAllText(temporary["not.zip"], "no zip");
        File.WriteAllText(temporary["notes.txt"], "");
        Directory.CreateDirectory(temporary["empty"]);
        foreach (var (path, expected) in new[]
        {
            ("not.zip", "not.zip is damaged: "), ("nowhere.zip", "nowhere.zip does not exist"),
            ("notes.txt", "notes.txt is neither a .zip, a .nupkg nor a folder"), ("empty", "empty holds no assembly"),
        })
            Assert.StartsWith($"error: {expected}", Rils("add", temporary[path]).Returns(2).Error);
        Assert.Equal($"error: no plugin Alice is installed\n  where: {Store}\n"
            + "  fix:   give the name of one that is: none is\n", Rils("remove", "Alice").Returns(2).Error);
        Assert.Contains("For help: rils plugins add --help", Rils("add").Returns(2).Error);
        Assert.Contains("rils plugins add Alice.1.2.0.nupkg", Rils("add", "--help").Returns(0).Output);
    }

    /// <summary>One command was killed while it unpacked, another between the two renames of a
    /// replacement.</summary>
    [Fact]
    public void What_a_killed_command_left_is_mended_by_the_next()
    {
        FixturePlugins.CopyTo(Path.Combine(Store, ".adding", "files", "half"), "Fixture.Throws");
        FixturePlugins.CopyTo(Path.Combine(Store, ".replaced-Alice"), "Alice");
        Assert.DoesNotContain("Fixture.Throws", Rils().Returns(0).Output);
        Rils("add", FixturePlugins.Of("Bob")).Returns(0);
        Assert.Equal(["Alice", "Bob"], Installed());
        FixturePlugins.CopyTo(Path.Combine(Store, ".replaced-Alice"), "Alice");
        Rils("remove", "Bob").Returns(0);
        Assert.Equal(["Alice"], Installed());
        Directory.Move(Path.Combine(Store, "Alice"), Path.Combine(Store, ".replaced-Alice"));
        Rils("remove", "Alice").Returns(0);
        Assert.Empty(Installed());
    }

    [Fact]
    public void A_damaged_plugin_can_be_removed()
    {
        Rils("add", FixturePlugins.Of("Alice")).Returns(0);
        File.WriteAllText(Path.Combine(Store, "Alice", "Alice.dll"), "");
        Assert.StartsWith("error: plugin Alice is not a .NET assembly", Rils().Returns(2).Error);
        Rils("remove", "Alice").Returns(0);
        Rils().Returns(0);
    }

    [Fact]
    public void The_folder_follows_the_standard_for_data()
    {
        var data = temporary["data"];
        Command.Shell($"unset {PluginLocations.Variable}; export XDG_DATA_HOME={data}", "plugins", "add",
            FixturePlugins.Of("Alice")).Returns(0);
        Assert.True(File.Exists(Path.Combine(data, "rils", "plugins", "Alice", "Alice.dll")));
        Command.Shell($"unset {PluginLocations.Variable} XDG_DATA_HOME; export HOME={data}", "plugins", "add",
            FixturePlugins.Of("Bob")).Returns(0);
        Assert.True(File.Exists(Path.Combine(data, ".local", "share", "rils", "plugins", "Bob", "Bob.dll")));
    }
}
