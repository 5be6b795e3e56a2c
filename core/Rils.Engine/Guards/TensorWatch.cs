using Rils.Abstractions;
using Rils.Ecs;
using Rils.Engine.Training;
using TorchSharp;

namespace Rils.Engine.Guards;

/// <summary>Watches tensors, and what libtorch has one of.</summary>
/// <param name="seed">Modules that leave numbers to libtorch's own generator, in Setup, get them from here.</param>
sealed class TensorWatch(Seed seed) : IWatch
{
    readonly TorchGenerator generator = new();

    // Inference mode before gradients, which it switches too.
    readonly TorchSetting[] settings =
    [
        new TorchSetting<bool>("leaves inference mode switched: end inference_mode() with `using`", torch.is_inference_mode_enabled, static mode => torch.inference_mode(mode)),
        new TorchSetting<bool>("leaves gradients switched: end no_grad(), enable_grad() and set_grad_enabled() with `using`", torch.is_grad_enabled, static mode => torch.set_grad_enabled(mode)),
        new TorchSetting<torch.ScalarType>("changes the default type of tensors, which all arms share: name the type at each tensor", torch.get_default_dtype, torch.set_default_dtype),
        new TorchSetting<string>("changes the default device, which all arms share: name the device at each tensor", static () => $"{torch.get_default_device()}", torch.set_default_device),
        new TorchSetting<int>("changes the number of threads, on which every bit depends: leave it to OMP_NUM_THREADS", torch.get_num_threads, torch.set_num_threads),
    ];

    public IStock NewStock() => new TensorStock();

    /// <summary>What a layer draws when it is made is a function of the seed and of who makes it, not of the arms that were made before.</summary>
    public void Setup(PlannedSystem system) => Seed(system.Definition.Name);

    /// <summary>Lets libtorch's own generator begin anew, at a place of its own for each name.</summary>
    public void Seed(string name) => generator.Seed(seed.Initialization(name).Seed());

    public void Remember()
    {
        foreach (var setting in settings) setting.Remember();
        generator.Remember();
    }

    public string? PutBack(PlannedSystem system) => PutBack(mayDraw: system.Definition.Stage == Stage.Setup);

    /// <inheritdoc cref="PutBack(PlannedSystem)"/>
    /// <param name="mayDraw">Whether draws from libtorch's own generator are put back in silence.</param>
    public string? PutBack(bool mayDraw)
    {
        string? done = null;
        foreach (var setting in settings)
            if (setting.PutBack() is { } left) done ??= left;
        var draws = generator.PutBack();
        return mayDraw ? done : done ?? draws;
    }

    /// <summary>The engine's own systems call what plugins implement.</summary>
    public string Who(PlannedSystem system, IEnumerable<object> used)
    {
        if (system.Definition.Origin != EnginePlugin.Name) return $"plugin {system.Definition.Origin}";
        string[] plugins = [.. used.Select(value => value.GetType().Assembly).Where(IsPlugin).Select(assembly => assembly.GetName().Name!).Distinct().Order(StringComparer.Ordinal)];
        return plugins.Length == 0 ? "what it calls of the arm's plugins" : $"plugin {string.Join(" or ", plugins)}";
    }

    public Exception Explain(PlannedSystem system, IEnumerable<object> used, Exception thrown) =>
        NotDeterministicException.Explain(Who(system, used), thrown);

    static bool IsPlugin(System.Reflection.Assembly assembly) =>
        assembly.GetReferencedAssemblies().Any(name => name.Name == typeof(IPlugin).Assembly.GetName().Name) && assembly != typeof(TensorWatch).Assembly;
}
