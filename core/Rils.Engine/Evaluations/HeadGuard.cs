using System.Runtime.ExceptionServices;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Guards;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Evaluations;

/// <summary>Watches the heads of an arm: they read its model, and a batch that the heads after them read too.</summary>
sealed class HeadGuard(ArmModel model, Seed seed)
{
    readonly TensorWatch watch = new(seed);
    readonly TensorStock weights = new(() => true), shared = new(() => true);
    readonly Dictionary<string, int> calls = [];
    readonly nn.Module[] modules = [.. ((nn.Module?[])[model.Backbone, model.Text, model.Space]).OfType<nn.Module>()];

    /// <summary>Whether the last call has changed the batch, so that it must be made anew for the next head.</summary>
    public bool IsSpoilt { get; private set; }

    /// <summary>Calls a head.</summary>
    /// <param name="head">The head.</param>
    /// <param name="batch">What it is given; null for a call without one.</param>
    /// <param name="call">The call. Its draws from libtorch's own generator follow from the seed, the head and the
    /// number of the call.</param>
    /// <returns>What it did to the arm's model, which is another one since; null where it did nothing.</returns>
    /// <exception cref="UndeclaredChangeException">It changed the batch, or a setting, which is put back.</exception>
    public UndeclaredChangeException? Run(HeadDefinition head, EvaluationBatch? batch, Action call)
    {
        foreach (var module in modules) weights.Put(module, module);
        shared.Clear();
        if (batch is not null) shared.Put(batch, batch);
        watch.Remember(closely: true);
        calls[head.Name] = calls.GetValueOrDefault(head.Name) + 1;
        watch.Seed($"head {head.Name} {calls[head.Name]}");

        var thrown = Thrown(call);
        var setting = watch.PutBackAfterDraws();
        var change = shared.Change([]) ?? (batch is null ? null : shared.ChangeOfNew(batch));
        IsSpoilt = change is not null;
        UndeclaredChangeException Undeclared(string what) => new($"plugin {head.Table.Entry.Plugin} {what}", thrown);
        if ((weights.Change([]) ?? modules.Select(Loss).FirstOrDefault(loss => loss is not null)) is { } spoilt)
            return Undeclared(spoilt);
        if ((change ?? setting) is { } other) throw Undeclared(other);
        if (thrown is not null)
            ExceptionDispatchInfo.Throw(NotDeterministicException.Explain($"plugin {head.Table.Entry.Plugin}", thrown));
        return null;
    }

    /// <summary>Names a parameter or gradient that is no longer a view of the arm's flat buffers; null where all
    /// are.</summary>
    static string? Loss(nn.Module module) =>
        !HeldTensors.AreThoseOf(module)
            ? $"puts other tensors into {module.GetType().Name}, as to() does: convert the features, not the model"
        : module.parameters().Any(parameter => parameter.requires_grad && parameter.grad is null)
        ? $"takes the gradients of {module.GetType().Name} away, as zero_grad() does: train a module of your own"
        : null;

    static Exception? Thrown(Action call)
    {
        try
        {
            call();
            return null;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }
}
