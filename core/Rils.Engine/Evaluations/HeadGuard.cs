using System.Runtime.ExceptionServices;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Guards;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Evaluations;

/// <summary>Finds out whether a head changes the arm's model, or a batch that the heads after it read too: heads only
/// read them.</summary>
sealed class HeadGuard(ArmModel model, Seed seed)
{
    readonly TensorWatch watch = new(seed);
    readonly TensorStock weights = new(() => true), shared = new(() => true);
    readonly Dictionary<string, int> calls = [];
    readonly nn.Module[] modules = [.. model.Modules];

    /// <summary>Whether the last call has changed the batch, so that the next head needs a new one.</summary>
    public bool IsSpoilt { get; private set; }

    /// <summary>Calls a head.</summary>
    /// <param name="head">The head.</param>
    /// <param name="batch">The batch that the head gets; null for a call without one.</param>
    /// <param name="call">The call. Draws from libtorch's own generator follow from the seed, the head's name and the
    /// number of the call.</param>
    /// <returns>The change that the head made to the arm's model; null where the model is as before.</returns>
    /// <exception cref="UndeclaredChangeException">The head changed the batch, or a setting, which the guard has set
    /// back.</exception>
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
