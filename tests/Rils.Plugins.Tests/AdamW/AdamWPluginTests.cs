using System.Runtime.Loader;
using Rils.Contract;
using Rils.Tests.Golden;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.AdamW;

public sealed class AdamWPluginTests
{
    /// <summary>The plugin calls libtorch by its own imports, which a load context of its own resolves from its own
    /// folder first.</summary>
    [Fact]
    public void It_finds_libtorch_from_a_plugins_load_context()
    {
        var context = new AssemblyLoadContext("Rils.AdamW");
        var assembly = context.LoadFromAssemblyPath(Path.Combine(PluginFolder(), "Rils.AdamW", "Rils.AdamW.dll"));
        Assert.NotSame(typeof(Rils.AdamW.AdamWPlugin).Assembly, assembly);
        var plugin = (IPlugin)Activator.CreateInstance(assembly.GetType("Rils.AdamW.AdamWPlugin",
            throwOnError: true)!)!;
        var options = Activator.CreateInstance(assembly.GetType("Rils.AdamW.AdamWOptions", throwOnError: true)!)!;
        var optimizer = Registrations.Of(plugin)
            .Make<ExperimentContext, IOptimizer>("adamw", options, new(32, 8, 10, 5, 64));

        using var scope = NewDisposeScope();
        using var flat = new FlatWeights();
        flat.DrawGradients(0);
        var before = flat.Parameter("decay.1").clone();
        optimizer.Step(flat.Weights, optimizer.Start(flat.Weights), 1e-2);
        Assert.False(before.Equals(flat.Parameter("decay.1")));
    }

    static string PluginFolder() =>
        Path.Combine(Repository.Root, "artifacts", "plugins", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name);
}
