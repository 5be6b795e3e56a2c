using Rils.Contract;
using Rils.Engine.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Checks the modules that an arm trains against the contract: each module registers every parameter that it
/// computes with, under one name, and the parameters stay in the arm's flat buffers.</summary>
sealed class ModuleContract
{
    readonly List<Trainable> parts = [];

    /// <summary>The full name of each parameter by its address in memory, before the parameters move to the flat
    /// buffers.</summary>
    readonly Dictionary<nint, string> made = [];

    public IReadOnlyList<Trainable> Parts => parts;

    public bool HasParts => parts.Count > 0;

    /// <summary>Adds a part of the arm, and checks its parameters.</summary>
    /// <exception cref="ContractException">The part has no module or no prefix, or a parameter shares its numbers with
    /// another one, is not Float32, or is disposed.</exception>
    public void Add(Trainable part)
    {
        if (part.Module is null || part.Prefix is null)
            throw new ContractException("Trainable: expected a module and a prefix, which may be empty, got null");
        parts.Add(part);
        foreach (var (name, parameter) in part.Module.named_parameters())
        {
            var full = part.Prefix + name;
            Held.Present(parameter, full, part.Module);
            if (parameter.dtype != ScalarType.Float32)
                throw Wrong(part, full, "Float32 in Setup", $"{parameter.dtype}");
            if (TensorPointer.Of(parameter) is var address && address != 0 && !made.TryAdd(address, full))
                throw Wrong(part, full, "a parameter of its own",
                    $"the numbers of {made[address]}: one of two modules would be trained, and the other not; "
                    + "make it a parameter of one, and let the other read it there");
        }
    }

    /// <summary>Checks that the parts register all modules and parameters that they hold. The weights must lie in the
    /// flat buffers by then.</summary>
    /// <exception cref="ContractException">A part does not register a module or a parameter.</exception>
    public void CheckRegistered() => CheckRegistered(parts);

    /// <summary>Checks that no value of the arm holds a module that wants gradients and that nobody trains: a system
    /// that forgets to append its module would let the arm learn through random numbers.</summary>
    /// <param name="values">Values that systems of Setup have made before the weights, each with its maker.</param>
    /// <exception cref="ContractException">A value holds such a module.</exception>
    public void CheckTrained(IEnumerable<(string Maker, object Value)> values)
    {
        var known = parts.SelectMany(part => part.Module.parameters()).Select(TensorPointer.Of).ToHashSet();
        bool IsLost(Parameter parameter) => !parameter.IsInvalid && parameter.requires_grad && parameter.numel() > 0
            && !known.Contains(TensorPointer.Of(parameter));
        foreach (var (maker, value) in values)
            foreach (var module in StateModules.Of(value))
                foreach (var (name, parameter) in module.named_parameters())
                    if (IsLost(parameter))
                        throw new ContractException($"{value.GetType().Name} of {maker}: expected modules that the arm "
                            + $"trains, got {module.GetType().Name} with {name}, which no optimizer knows and no file "
                            + $"keeps: append a {nameof(Trainable)} with the module, or freeze it by "
                            + "requires_grad = false");
    }

    /// <inheritdoc cref="CheckRegistered()"/>
    /// <param name="parts">The parts; a part may hold parameters that another one registers.</param>
    public static void CheckRegistered(IReadOnlyList<Trainable> parts)
    {
        var known = parts.SelectMany(part => part.Module.parameters().Cast<Tensor>().Concat(part.Module.buffers()))
            .Select(TensorPointer.Of).ToHashSet();
        foreach (var part in parts)
            if (new UnregisteredSearch(known).In(part.Module) is { } found)
                throw Wrong(part, part.Prefix + found.Place, "all modules and parameters registered",
                    $"{found.What}, which is not: it is neither trained nor saved; "
                    + "keep it in a field before RegisterComponents() or in a ModuleList, "
                    + "or call register_module() or register_parameter()");
    }

    /// <summary>Checks in Setup that all parameters are finite, so that none was left undrawn. Waits for the
    /// device.</summary>
    /// <exception cref="ContractException">A parameter holds NaN or an infinite number.</exception>
    public void CheckFinite(Weights weights)
    {
        foreach (var group in weights.Groups.Where(group => !group.Values.isfinite().all().item<bool>()))
            foreach (var part in parts)
                foreach (var (name, parameter) in part.Module.named_parameters())
                    if (!parameter.isfinite().all().item<bool>())
                        throw Wrong(part, part.Prefix + name, "finite numbers after Initialize",
                            "some that are not (NaN or infinite)");
    }

    /// <summary>Checks after the first backward pass that the parts still compute with the flat buffers.</summary>
    /// <exception cref="ContractException">A parameter was replaced or made after Setup, or a gradient lies outside the
    /// flat buffers.</exception>
    public void CheckPlaced(Weights weights)
    {
        CheckRegistered();
        var groups = weights.Groups.Concat(weights.Frozen is { } frozen ? [frozen] : []).ToArray();
        foreach (var part in parts)
            foreach (var (name, parameter) in part.Module.named_parameters())
                CheckPlaced(part, part.Prefix + name, parameter, groups);
    }

    static void CheckPlaced(Trainable part, string name, Parameter parameter, ParameterGroup[] groups)
    {
        if (groups.FirstOrDefault(group => group.Starts.ContainsKey(name)) is not { } home)
            throw Wrong(part, name, "no other parameters than in Setup",
                "one that was made later, which no optimizer knows: make it in the constructor");
        Held.Present(parameter, name, part.Module);
        bool Lies(Tensor tensor, Tensor? buffer) => buffer is not null
            && TensorPointer.Of(tensor) == TensorPointer.Of(buffer) + (nint)(home.Starts[name] * buffer.element_size());
        if (parameter.numel() == 0) return;
        if (!Lies(parameter, home.Values) && !Lies(parameter, home.Bf16))
            throw Wrong(part, name, "the parameter of Setup, a view of the arm's weights",
                "another one, which no optimizer knows: write into a parameter (copy_) in place of making it anew");
        if (home.Gradient.numel() > 0 && (parameter.grad is not { } gradient || !Lies(gradient, home.Gradient)))
            throw Wrong(part, name, "its gradient in the arm's flat gradients",
                "a gradient elsewhere, or none: never set a gradient, nor call zero_grad()");
    }

    static ContractException Wrong(Trainable part, string name, string expected, string got) =>
        new($"{name} of {Held.NameOf(part.Module)}: expected {expected}, got {got}");
}
