using System.Reflection;
using Rils.Contract;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>The modules of an arm, found in its State, whichever system made them.</summary>
/// <param name="arm">The arm, whose Setup has run.</param>
/// <param name="runner">The runner, which holds the State.</param>
sealed class StateModules(Entity arm, Runner runner)
{
    readonly object[] states = [.. runner.States(arm).Select(state => state.Value)
        .Distinct(ReferenceEqualityComparer.Instance)];

    readonly IReadOnlyList<Trainable> trained = runner.Find<Weights>(arm)?.Parts ?? [];

    /// <summary>The module that a value is, or those in its fields.</summary>
    public static IEnumerable<nn.Module> Of(object value) => value is nn.Module module ? [module]
        : value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field.FieldType.IsAssignableTo(typeof(nn.Module)))
            .Select(field => field.GetValue(value)).OfType<nn.Module>();

    /// <summary>The State, and the trained modules, that tell what their passes cost.</summary>
    public IEnumerable<ICountsFlops> Tellers => states.Concat(trained.Select(part => part.Module))
        .Distinct(ReferenceEqualityComparer.Instance).OfType<ICountsFlops>();

    /// <summary>Names the modules of which neither a slot nor a State tells the operations: a trained one by the prefix
    /// of its tensors, another by its type.</summary>
    public IReadOnlyList<string> Untold
    {
        get
        {
            var told = Tellers.SelectMany(Of).Concat(OfSlots).ToHashSet<nn.Module>(ReferenceEqualityComparer.Instance);
            return [.. All.Where(module => !told.Contains(module)).Select(NameOf).Distinct()
                .Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The memory that the arm keeps for as long as it trains, in bytes: what each State says that it keeps,
    /// weights, gradients and the optimizer's State among them, and the numbers of modules that lie in no such
    /// State.</summary>
    public long Bytes
    {
        get
        {
            var counted = trained.Select(part => part.Module).Concat(Held)
                .ToHashSet<nn.Module>(ReferenceEqualityComparer.Instance);
            return states.OfType<ICheckpointed>().Sum(state => state.Bytes)
                + All.Where(module => !counted.Contains(module)).Sum(module =>
                    module.parameters().Concat<Tensor>(module.buffers())
                        .Sum(tensor => tensor.numel() * tensor.element_size()));
        }
    }

    /// <summary>Whether the arm has modules beside those of the slots and those that <see cref="HoldUntrained"/> has
    /// taken.</summary>
    public bool HasOwn => All.Except<nn.Module>(OfSlots.Concat(Held), ReferenceEqualityComparer.Instance).Any();

    /// <summary>The name of the passes of which a State tells.</summary>
    public string NameOf(ICountsFlops teller) =>
        teller.Pass ?? (Of(teller).FirstOrDefault() is { } module ? NameOf(module) : teller.GetType().Name);

    IEnumerable<nn.Module> OfSlots => new nn.Module?[]
    {
        runner.Find<Backbone>(arm), runner.Find<TextEncoder>(arm), runner.Find<Decoder>(arm),
        runner.Find<SharedSpace>(arm),
    }.OfType<nn.Module>();

    IEnumerable<nn.Module> Held => runner.Find<HeldModules>(arm) ?? [];

    IEnumerable<nn.Module> All => states.SelectMany(Of).Concat(trained.Select(part => part.Module))
        .Distinct<nn.Module>(ReferenceEqualityComparer.Instance);

    string NameOf(nn.Module module) => trained.FirstOrDefault(part => part.Module == module) is { Prefix: var prefix }
        && prefix.TrimEnd('.') is { Length: > 0 } name ? name : module.GetType().Name;
}
