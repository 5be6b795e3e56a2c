using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>A model's pass over a batch, its parts on one core each, forward and backward.</summary>
/// <param name="model">Holds the parameters.</param>
/// <param name="function">From a part of each input to as many rows.</param>
/// <param name="parts">How many.</param>
/// <param name="failure">Where the backward pass leaves an exception.</param>
sealed class PartsCall(PartedModel model, Func<Tensor[], Tensor> function, int parts, StrongBox<Exception?> failure) : DeferredCall(failure)
{
    readonly Tensor[][] leaves = new Tensor[parts][];
    readonly Tensor[] outputs = new Tensor[parts];

    /// <summary>Where it pays, in parts; else the plain call.</summary>
    /// <param name="model">Holds the parameters.</param>
    /// <param name="function">From some samples of each input to as many rows.</param>
    /// <param name="least">Samples that a part should have.</param>
    /// <param name="inputs"><c>[samples, ...]</c>.</param>
    public static Tensor Run(PartedModel model, Func<Tensor[], Tensor> function, int least, Tensor[] inputs)
    {
        var parts = model.MayBeParted && inputs[0].device_type == DeviceType.CPU ? Cores.Parts(inputs[0].shape[0], least) : 1;
        if (parts == 1) return function(inputs);
        var call = new PartsCall(model, function, parts, Recompute.Failure);
        return is_grad_enabled() ? DeferredNode.Run(call, inputs) : call.Constant(inputs);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Kept => [.. outputs, .. leaves.SelectMany(part => part)];

    /// <summary>For a backward pass: each part's graph is kept.</summary>
    public override Tensor Forward(Tensor[] inputs)
    {
        Cores.Run(parts, part =>
        {
            using var scope = NewDisposeScope();
            using var recorded = enable_grad();
            leaves[part] = [.. Part(inputs, part).Select((own, number) => own.requires_grad_(inputs[number].requires_grad))];
            outputs[part] = function(leaves[part]);
            scope.Detach([outputs[part], .. leaves[part]]);
        });
        using var together = NewDisposeScope();
        return cat([.. outputs.Select(output => output.detach())]).MoveToOuterDisposeScope();
    }

    /// <summary>Without one.</summary>
    public Tensor Constant(Tensor[] inputs)
    {
        using var together = NewDisposeScope();
        var own = new Tensor[parts];
        Cores.Run(parts, part =>
        {
            using var constant = no_grad();
            using var scope = NewDisposeScope();
            own[part] = function(Part(inputs, part)).DetachFromDisposeScope();
        });
        together.Attach((IEnumerable<IDisposable>)own);
        return cat(own).MoveToOuterDisposeScope();
    }

    /// <remarks>The first part adds to the parameters' gradients itself. The others hand theirs over, to be added in order: sums that depended
    /// on which core is faster would not be the same in another run.</remarks>
    public override Tensor?[] Backward(IReadOnlyList<Tensor> inputs, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var parameters = model.Trained();
        var given = new Tensor?[parts][];
        // What is wrong with a model shows in its first pass: told of the first part, where autograd's errors arrive as exceptions.
        if (!model.HasPassed) Pass(0);
        Cores.Run(parts, part =>
        {
            if (part > 0 || model.HasPassed) Pass(part);
        });
        model.HasPassed = true;
        scope.Attach(given.SelectMany(part => part).OfType<Tensor>());
        var wanted = inputs.Count(input => input.requires_grad);
        Cores.Run(parts, core =>
        {
            for (var number = core; number < parameters.Length; number += parts) Add(parameters[number], given[1..].Select(part => part[wanted + number]));
        });
        var next = 0;
        return [.. inputs.Select((input, number) => input.requires_grad ? Together(number, given, next++) : null)];

        void Pass(int part)
        {
            using var own = NewDisposeScope();
            var ofPart = gradient.narrow(0, Start(gradient, part), Count(gradient, part));
            var leavesOfPart = leaves[part].Where(leaf => leaf.requires_grad).ToArray();
            if (part == 0) Recompute.Backward(outputs[0], ofPart);
            given[part] = part == 0 ? [.. leavesOfPart.Select(leaf => leaf.grad)] : Recompute.Gradients(outputs[part], [.. leavesOfPart, .. parameters], ofPart);
            own.Detach(given[part].OfType<Tensor>());
        }
    }

    static void Add(Tensor parameter, IEnumerable<Tensor?> gradients)
    {
        using var constant = no_grad();
        using var scope = NewDisposeScope();
        foreach (var gradient in gradients.OfType<Tensor>())
            if (parameter.grad is { } sum) sum.add_(gradient);
            else parameter.grad = gradient;
    }

    Tensor Together(int input, Tensor?[][] given, int number)
    {
        using var scope = NewDisposeScope();
        return cat([.. given.Select((part, of) => part[number] ?? zeros_like(leaves[of][input]))]).MoveToOuterDisposeScope();
    }

    Tensor[] Part(Tensor[] inputs, int part) => [.. inputs.Select(input => input.detach().narrow(0, Start(input, part), Count(input, part)))];

    long Start(Tensor rows, int part) => rows.shape[0] * part / parts;

    long Count(Tensor rows, int part) => Start(rows, part + 1) - Start(rows, part);
}
