using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Scheduling;
using TorchSharp;

namespace Rils.Engine.Guards;

/// <summary>Watches tensors, and the settings and the generator that libtorch has once per thread or process.</summary>
sealed class TensorWatch : IWatch
{
    /// <summary>The seed of the numbers that modules draw from libtorch's own generator in Setup.</summary>
    readonly Seed seed;

    readonly TorchGenerator generator = new();

    // The settings of a thread, checked after each system. Inference mode comes before gradients, which it switches
    // too.
    readonly TorchSetting[] modes =
    [
        new TorchSetting<bool>("leaves inference mode switched: end inference_mode() with `using`",
            torch.is_inference_mode_enabled, static mode => torch.inference_mode(mode)),
        new TorchSetting<bool>(
            "leaves gradients switched: end no_grad(), enable_grad() and set_grad_enabled() with `using`",
            torch.is_grad_enabled, static mode => torch.set_grad_enabled(mode)),
    ];

    readonly TorchSetting[] all;
    bool isClose;

    public TensorWatch(Seed seed)
    {
        this.seed = seed;
        all =
        [
            .. modes,
            new TorchSetting<torch.ScalarType>(
                "changes the default type of tensors, which all arms share: name the type at each tensor",
                torch.get_default_dtype, torch.set_default_dtype),
            new TorchSetting<string>("changes the default device, which all arms share: name the device at each tensor",
                static () => $"{torch.get_default_device()}", torch.set_default_device),
            new TorchSetting<int>(
                "changes the number of threads of an operation, on which every bit depends: leave it as it is",
                torch.get_num_threads, torch.set_num_threads),
            generator,
        ];
    }

    public IStock NewStock() => new TensorStock(() => isClose);

    /// <summary>Seeds the generator, so that a layer's draws in Setup depend on the seed and on the system, not on the
    /// arms that were made before.</summary>
    public void Setup(PlannedSystem system) => Seed(system.Definition.Name);

    /// <summary>Starts libtorch's own generator anew, at a place of its own for each name.</summary>
    public void Seed(string name) => generator.Seed(seed.Initialization(name).Seed());

    public void Remember(bool closely)
    {
        isClose = closely;
        foreach (var setting in all) setting.Remember();
    }

    /// <remarks>The settings of the process are checked after each system only under close watch, otherwise once for
    /// each arm: the generator's state alone takes 10 µs, because it has left the caches by the end of a
    /// system.</remarks>
    public string? PutBack(PlannedSystem? system) =>
        system?.Definition.Stage == Stage.Setup
            ? PutBackAfterDraws() : PutBack(isClose || system is null ? all : modes);

    /// <summary>Puts all settings back where draws from libtorch's own generator are allowed; the generator is put back
    /// without a message.</summary>
    public string? PutBackAfterDraws()
    {
        generator.PutBack();
        return PutBack(all);
    }

    static string? PutBack(TorchSetting[] settings)
    {
        string? first = null;
        foreach (var setting in settings)
            if (setting.PutBack() is { } left) first ??= left;
        return first;
    }

    /// <summary>The plugin of a system. A system of the engine calls code of plugins, so the plugins of its values
    /// stand for it.</summary>
    public string Who(PlannedSystem system, IEnumerable<object> used)
    {
        if (system.Definition.Origin != PluginRegistry.Engine) return $"plugin {system.Definition.Origin}";
        string[] plugins = [.. used.Select(value => value.GetType().Assembly).Where(IsPlugin)
            .Select(assembly => assembly.GetName().Name!).Distinct().Order(StringComparer.Ordinal)];
        return plugins.Length == 0 ? "what it calls of the arm's plugins" : $"plugin {string.Join(" or ", plugins)}";
    }

    public Exception Explain(PlannedSystem system, IEnumerable<object> used, Exception thrown) =>
        NotDeterministicException.Explain(Who(system, used), thrown);

    static bool IsPlugin(System.Reflection.Assembly assembly) =>
        assembly.GetReferencedAssemblies().Any(name => name.Name == typeof(IPlugin).Assembly.GetName().Name)
            && assembly != typeof(TensorWatch).Assembly;
}
