using System.Runtime.Loader;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Scheduling;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Plugins;

public sealed class PluginLoadingTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void AGoodPluginBringsItsKindItsComponentAndItsSystem()
    {
        var loaded = PluginLoader.Load([FixturePlugins.Of("Fixture.Good")]);
        var masking = loaded.Registry.Find("masking", "first")!;
        Assert.Equal(("Fixture.Good", typeof(IMasking)), (masking.Plugin, masking.Slot));
        using var scope = new KindScope();
        var made = masking.Make!(Activator.CreateInstance(masking.Options)!,
            new ExperimentContext(64, 8, 100, 10, 512), scope);
        Assert.Equal(8, Assert.IsAssignableFrom<IMasking>(made).Visible(16));
        Assert.Null(loaded.Registry.Find("good", null)!.Make);
        var system = Assert.Single(loaded.Registry.Systems);
        Assert.Equal((Stage.Update, "good.update", "Fixture.Good"), (system.Stage, system.Name, system.Origin));
        Assert.Equal(["good", "init", "masking"], loaded.Registry.Tables);
    }

    [Fact]
    public void APluginHasItsOwnLibrariesAndTheHostsContract()
    {
        var registry = PluginLoader.Load([FixturePlugins.Of("Fixture.PrivateTomlyn")]).Registry;
        // The plugin names its kind by a method that only the plugin's own Tomlyn has.
        var options = registry.Find("objective", "private-tomlyn")!.Options.Assembly;
        var context = AssemblyLoadContext.GetLoadContext(options)!;
        Assert.NotSame(AssemblyLoadContext.Default, context);
        var own = context.LoadFromAssemblyName(new("Tomlyn"));
        Assert.Equal(new Version(0, 17, 0, 0), own.GetName().Version);
        Assert.NotSame(typeof(Tomlyn.TomlSerializer).Assembly, own);
        foreach (var type in new[] { typeof(IPlugin), typeof(SystemDefinition), typeof(TorchSharp.torch) })
            Assert.Same(type.Assembly, context.LoadFromAssemblyName(new(type.Assembly.GetName().Name!)));
    }

    /// <summary>The plugin's folder has assemblies of its own with these names.</summary>
    [Fact]
    public void A_plugin_gets_the_hosts_loggers_and_services_whatever_its_folder_holds()
    {
        var folder = FixturePlugins.Of("Fixture.Services");
        Type[] shared = [typeof(ILogger), typeof(IServiceCollection)];
        var log = new LoggedLines();
        using var loaded = PluginLoader.Load([folder], log);
        var masking = loaded.Registry.Find("masking", "first-share")!;
        var context = AssemblyLoadContext.GetLoadContext(masking.Options.Assembly)!;
        foreach (var assembly in shared.Select(type => type.Assembly))
        {
            Assert.True(File.Exists(Path.Combine(folder, $"{assembly.GetName().Name}.dll")));
            Assert.Same(assembly, context.LoadFromAssemblyName(new(assembly.GetName().Name!)));
        }
        using var scope = new KindScope();
        var context64 = new ExperimentContext(64, 8, 100, 10, 512);
        var made = masking.Make!(Activator.CreateInstance(masking.Options)!, context64, scope);
        Assert.Equal(4, Assert.IsAssignableFrom<IMasking>(made).Visible(16));
        Assert.Equal([$"Rils.Engine.Plugins.PluginLoader: plugin Fixture.Services 0.1.0 from {folder}",
            "Fixture.Services.FirstShare: one of 4 patches of images of 64 pixels"], log.Lines);
    }

    [Fact]
    public void ACopyOfTheSchedulersAssemblyIsNotTaken()
    {
        var folder = FixturePlugins.CopyTo(temporary["Fixture.Good"], "Fixture.Good");
        File.Copy(typeof(SystemDefinition).Assembly.Location, Path.Combine(folder, "Rils.Scheduling.dll"));
        var body = PluginLoader.Load([folder]).Registry.Systems.Single().Body.Method.Module.Assembly;
        Assert.Same(typeof(SystemDefinition).Assembly,
            AssemblyLoadContext.GetLoadContext(body)!.LoadFromAssemblyName(new("Rils.Scheduling")));
    }

    [Fact]
    public void ABuildsOutputIsAPluginWhateverItsFolderIsCalled()
    {
        var output = FixturePlugins.CopyTo(temporary["bin", "Release", "net10.0"], "Fixture.Good");
        Assert.Equal("Fixture.Good", Assert.Single(PluginLoader.Load([output]).Plugins).Name);
    }

    [Fact]
    public void OneFolderByTwoWaysIsOnePlugin()
    {
        var folder = FixturePlugins.CopyTo(temporary["Fixture.Good"], "Fixture.Good");
        Assert.Single(PluginLoader.Load([folder, temporary.Path, folder + "/", Path.Combine(folder, "..")]).Plugins);
    }

    [Fact]
    public void AnAssemblyStandsForItsFolder()
    {
        var folder = FixturePlugins.Of("Fixture.Good");
        var plugin = Assert.Single(PluginLoader.Load([Path.Combine(folder, "Fixture.Good.dll"), folder]).Plugins);
        Assert.Equal(("Fixture.Good", folder), (plugin.Name, plugin.Path));
        Assert.Equal("Fixture.Good", Assert.Single(PluginLoader.Load(
            [Path.Combine(FixturePlugins.CopyTo(temporary["out"], "Fixture.Good"), "Fixture.Good.dll")]).Plugins).Name);
    }

    [Fact]
    public void CopiesOfOnePluginAreOnePlugin()
    {
        FixturePlugins.CopyTo(temporary["Fixture.Good"], "Fixture.Good");
        Assert.Single(PluginLoader.Load([temporary.Path, FixturePlugins.Of("Fixture.Good")]).Plugins);
    }

    [Fact]
    public void TheOrderOfTheRootsChangesNothing()
    {
        string[] roots = [.. new[] { "Fixture.Good", "Fixture.PrivateTomlyn", "Fixture.RivalA" }
            .Select(FixturePlugins.Of)];
        var expected = Describe(PluginLoader.Load(roots));
        foreach (var order in new[] { new[] { 1, 2, 0 }, [2, 1, 0], [0, 2, 1] })
            Assert.Equal(expected, Describe(PluginLoader.Load([.. order.Select(index => roots[index])])));
        Assert.Equal(["fixture.good/first"], PluginLoader.Load(roots).Registry.Kinds("masking"));
        Assert.Equal(["fixture.privatetomlyn/private-tomlyn", "fixture.rivala/rival"],
            PluginLoader.Load(roots).Registry.Kinds("objective"));
    }

    static string[] Describe(PluginSet set) =>
    [
        .. set.Plugins.Select(plugin => plugin.ToString()),
        .. set.Registry.Entries.Select(entry =>
            $"{entry.Table} {entry.Kind} {entry.Options} {entry.Slot} {entry.Plugin}"),
        .. set.Registry.Systems.Select(system => $"{system.Stage} {system.Name} {system.Origin}"),
    ];

    [Fact]
    public void TheManifestNamesVersionAndHash()
    {
        var folder = FixturePlugins.CopyTo(temporary["a", "Fixture.Good"], "Fixture.Good");
        var info = Assert.Single(PluginLoader.Load([folder]).Plugins);
        Assert.Equal(("Fixture.Good", "0.1.0", folder), (info.Name, info.Version, info.Path));
        // The same files elsewhere have the same hash. Another byte or name, or one more file, changes the hash.
        Assert.Equal(info.Sha256, PluginLoader.Load([FixturePlugins.Of("Fixture.Good")]).Plugins[0].Sha256);
        var hashes = new HashSet<string> { info.Sha256 };
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "a");
        Assert.True(hashes.Add(PluginHash.Of(folder)));
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "b");
        Assert.True(hashes.Add(PluginHash.Of(folder)));
        File.Move(Path.Combine(folder, "notes.txt"), Path.Combine(folder, "note.txt"));
        Assert.True(hashes.Add(PluginHash.Of(folder)));
        File.Delete(Path.Combine(folder, "note.txt"));
        Assert.False(hashes.Add(PluginHash.Of(folder)));
    }

    [SkippableFact]
    public void TheHostsOwnPluginsLoad()
    {
        Skip.IfNot(Directory.Exists(PluginLocations.Default), "this build has no plugin in plugins/");
        var loaded = PluginLoader.Load([PluginLocations.Default]);
        Assert.NotEmpty(loaded.Plugins);
        Assert.DoesNotContain(loaded.Plugins, plugin => plugin.Name.StartsWith("Fixture.", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(PluginLocations.Default, "Rils.Scheduling.dll", SearchOption.AllDirectories));
    }
}
