using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Rils.Engine.Plugins;

namespace Rils.Tests.Engine.Plugins;

public sealed class PluginRefusalTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    static PluginProblem Refusal(params string[] roots) =>
        Assert.Single(Assert.Throws<PluginException>(() => PluginLoader.Load(roots)).Problems);

    [Theory]
    [InlineData("Fixture.ShipsTorch",
        "ships its own Rils.Contract.dll, TorchSharp.dll, runtimes/linux-x64/native/libLibTorchSharp.so",
        "add Private=\"false\" ExcludeAssets=\"runtime;native\" to each <ProjectReference> and <PackageReference>")]
    [InlineData("Fixture.Newer", "is built for plugin API 2, this host offers 1 (Rils.Contract 2.0.0.0)",
        "build it against the Rils.Contract.dll of this host")]
    [InlineData("Fixture.NoPlugin", "has no class that implements IPlugin", "public sealed class MyPlugin : IPlugin")]
    [InlineData("Fixture.NoContract", "is not built against the plugin contract",
        "reference Rils.Contract with Private=\"false\"")]
    [InlineData("Fixture.Throws", "failed in Configure: InvalidOperationException: the moon is full",
        "report this to its author")]
    [InlineData("Fixture.ThrowsEarly", "failed in its constructor: InvalidOperationException: the moon is new",
        "report this to its author")]
    public void ABadPluginIsNamedWithCausePlaceAndFix(string name, string what, string fix)
    {
        var problem = Refusal(FixturePlugins.Of("Fixture.Good"), FixturePlugins.Of(name));
        Assert.StartsWith($"plugin {name} {what}", problem.What);
        Assert.StartsWith(FixturePlugins.Of(name), problem.Where);
        Assert.Contains(fix, problem.Fix);
    }

    [Theory]
    [InlineData("Microsoft.Extensions.Logging.Abstractions")]
    [InlineData("Microsoft.Extensions.DependencyInjection.Abstractions")]
    public void A_plugin_for_newer_shared_assemblies_is_refused(string shared)
    {
        var folder = FixturePlugins.CopyTo(temporary["Fixture.Services"], "Fixture.Services");
        var assembly = Path.Combine(folder, "Fixture.Services.dll");
        ReferToVersion(11, shared, assembly);
        var problem = Refusal(folder);
        Assert.Equal($"plugin Fixture.Services is built for {shared} 11.0.0.0, this host has 10.0.0.0", problem.What);
        Assert.Equal((assembly, $"build it against the {shared}.dll of this host"), (problem.Where, problem.Fix));
    }

    /// <summary>Changes the major version by which an assembly refers to another one.</summary>
    static void ReferToVersion(ushort major, string name, string assembly)
    {
        var bytes = File.ReadAllBytes(assembly);
        using var file = new PEReader([.. bytes]);
        var reader = file.GetMetadataReader();
        var reference = reader.AssemblyReferences.Single(reference =>
            reader.GetString(reader.GetAssemblyReference(reference).Name) == name);
        // The major version is the first field of a row.
        var at = file.PEHeaders.MetadataStartOffset + reader.GetTableMetadataOffset(TableIndex.AssemblyRef)
            + (MetadataTokens.GetRowNumber(reference) - 1) * reader.GetTableRowSize(TableIndex.AssemblyRef);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), major);
        File.WriteAllBytes(assembly, bytes);
    }

    [Fact]
    public void TwoClaimsOfATableNameBothPlugins()
    {
        var problem = Refusal(FixturePlugins.Of("Fixture.RivalB"), FixturePlugins.Of("Fixture.RivalA"));
        Assert.Equal("plugins Fixture.RivalA and Fixture.RivalB both register [rivals]", problem.What);
        Assert.Equal($"{FixturePlugins.Of("Fixture.RivalA")} and {FixturePlugins.Of("Fixture.RivalB")}", problem.Where);
    }

    [Fact]
    public void AllProblemsComeTogetherInOneOrder()
    {
        string[] roots = [.. new[] { "Fixture.Throws", "Fixture.Newer", "Fixture.Good", "Fixture.NoPlugin",
            "Fixture.RivalA", "Fixture.RivalB" }
            .Select(FixturePlugins.Of), temporary["nowhere"]];
        var message = Assert.Throws<PluginException>(() => PluginLoader.Load(roots)).Message;
        Assert.Equal(message, Assert.Throws<PluginException>(() => PluginLoader.Load([.. roots.Reverse()])).Message);
        foreach (var part in new[] { "Fixture.Throws failed", "API 2", "Fixture.NoPlugin has no",
            "both register", "does not exist" })
            Assert.Contains(part, message);
    }

    [Theory]
    [InlineData("libtorch_cpu.so")]
    [InlineData("runtimes/linux-x64/native/libc10.so")]
    [InlineData("runtimes/win-x64/native/torch_cpu.dll")]
    [InlineData("Rils.Engine.dll")]
    [InlineData("Rils.Runs.dll")]
    public void AnyFileOfTheHostsIsRefused(string file)
    {
        var folder = FixturePlugins.CopyTo(temporary["Fixture.Good"], "Fixture.Good");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
        File.WriteAllText(Path.Combine(folder, file), "");
        Assert.Contains($"plugin Fixture.Good ships its own {file}", Refusal(temporary.Path).What);
    }

    [Fact]
    public void OneNameInTwoRootsNamesBothPaths()
    {
        var copy = FixturePlugins.CopyTo(temporary["Fixture.Good"], "Fixture.Good");
        File.WriteAllText(Path.Combine(copy, "notes.txt"), "this one is another");
        var problem = Refusal(temporary.Path, FixturePlugins.Of("Fixture.Good"));
        Assert.Equal("plugin Fixture.Good lies in 2 folders with different contents", problem.What);
        Assert.Contains(copy, problem.Where);
        Assert.Contains(FixturePlugins.Of("Fixture.Good"), problem.Where);
    }

    [Fact]
    public void AFolderWithoutItsAssemblySaysWhatWasExpected()
    {
        Directory.CreateDirectory(temporary["Empty"]);
        FixturePlugins.CopyTo(temporary["Fixture.Good"], "Fixture.Good");
        var problem = Refusal(temporary.Path);
        Assert.Equal("plugin Empty has no assembly", problem.What);
        Assert.Contains("expected Empty.dll", problem.Fix);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MZ but nothing after it")]
    public void AnythingButAnAssemblyIsRefused(string content)
    {
        Directory.CreateDirectory(temporary["Text"]);
        File.WriteAllText(temporary["Text", "Text.dll"], content);
        Assert.StartsWith("plugin Text is not a .NET assembly", Refusal(temporary.Path).What);
    }

    [Fact]
    public void ADamagedAssemblyIsToldAndNeverCrashes()
    {
        var original = File.ReadAllBytes(Path.Combine(FixturePlugins.Of("Fixture.Good"), "Fixture.Good.dll"));
        for (var length = 0; length < original.Length; length += 97)
        {
            var folder = temporary[$"{length}", "Fixture.Good"];
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, "Fixture.Good.dll"), original[..length]);
            Assert.StartsWith("plugin Fixture.Good", Refusal(folder).What);
        }
    }

    [Fact]
    public void AProjectsFolderOrAnEmptyOneIsNoRoot()
    {
        Assert.Equal("a plugin folder holds no plugin", Refusal(temporary.Path).What);
        File.WriteAllText(temporary["Mine.csproj"], "");
        Assert.Equal("a plugin folder is a project's folder, not its output", Refusal(temporary.Path).What);
        Directory.CreateDirectory(temporary["bin", "Release", "net10.0"]);
        File.WriteAllText(temporary["bin", "Release", "net10.0", "Mine.dll"], "");
        Assert.EndsWith($": {temporary["bin", "Release", "net10.0"]}", Refusal(temporary.Path).Fix);
    }

    [Fact]
    public void AFolderOfProjectsOrAFolderTooHighIsToldOnce()
    {
        foreach (var name in new[] { "One", "Two" })
        {
            Directory.CreateDirectory(temporary["projects", name]);
            File.WriteAllText(temporary["projects", name, name + ".csproj"], "");
        }
        Assert.Equal("a plugin folder holds projects, not their outputs", Refusal(temporary["projects"]).What);
        FixturePlugins.CopyTo(temporary["built", "Release", "Fixture.Good"], "Fixture.Good");
        var problem = Refusal(temporary["built"]);
        Assert.Equal(("a plugin folder holds no plugin", $"give {temporary["built", "Release"]}"),
            (problem.What, problem.Fix));
    }

    [Fact]
    public void AnyOtherFileIsNoPlugin()
    {
        File.WriteAllText(temporary["Mine.csproj"], "");
        var problem = Refusal(temporary["Mine.csproj"]);
        Assert.Equal(("a plugin path names a file that is no .dll", temporary["Mine.csproj"]),
            (problem.What, problem.Where));
    }
}
