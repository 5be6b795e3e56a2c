using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A model's pass over a batch, forward and backward, each part on a core of its own.</summary>
/// <param name="model">The model that holds the parameters.</param>
/// <param name="pass">The function that identifies the pass among the model's passes.</param>
/// <param name="function">Gets a part's rows of each input, then the whole inputs; returns as many rows.</param>
/// <param name="parts">The number of parts.</param>
/// <param name="cut">The number of inputs, the first ones, that are cut into parts.</param>
/// <param name="failure">The place where the backward pass leaves an exception.</param>
sealed class PartsCall(
    PartedModel model, Delegate pass, Func<Tensor[], Tensor> function, int parts, int cut,
    StrongBox<Exception?> failure) : DeferredCall(failure)
{
    readonly Tensor[][] leaves = new Tensor[parts][];
    readonly Tensor[] outputs = new Tensor[parts];
    readonly Tensor?[] anchors = new Tensor?[parts];
    readonly StrongBox<Exception?>[] failures =
        [.. Enumerable.Range(0, parts).Select(_ => new StrongBox<Exception?>())];
    bool isSpent;

    /// <summary>Runs the pass. With one part, it is a plain call.</summary>
    /// <param name="model">The model that holds the parameters.</param>
    /// <param name="pass">The function that identifies the pass among the model's passes.</param>
    /// <param name="function">Gets a part's rows of each input, then the whole inputs; returns as many rows.</param>
    /// <param name="parts">The number of parts, at most the number of samples.</param>
    /// <param name="rows">Inputs <c>[samples, ...]</c>.</param>
    /// <param name="whole">Inputs that every part needs as a whole.</param>
    public static Tensor Run(
        PartedModel model, Delegate pass, Func<Tensor[], Tensor> function, int parts, Tensor[] rows, Tensor[] whole)
    {
        Tensor[] inputs = [.. rows, .. whole];
        if (parts == 1) return Held.Rows(function(inputs), rows[0].size(0), model.Maker);
        var call = new PartsCall(model, pass, function, parts, rows.Length, ActivationCheckpoint.Failure);
        return is_grad_enabled() ? DeferredNode.Run(call, inputs) : call.Constant(inputs);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Kept =>
        [.. outputs, .. anchors.OfType<Tensor>(), .. leaves.SelectMany(part => part ?? [])];

    /// <summary>Runs the parts, and keeps each part's graph for a backward pass.</summary>
    public override Tensor Forward(Tensor[] inputs)
    {
        try
        {
            Run(part =>
            {
                using var scope = NewDisposeScope();
                using var recorded = enable_grad();
                Tensor[] own = [.. inputs.Select((input, number) =>
                    Part(input, number, part).requires_grad_(input.requires_grad))];
                (outputs[part], anchors[part]) =
                    DeferredNode.Anchored(() => Held.Rows(function(own), own[0].size(0), model.Maker));
                scope.Detach([outputs[part], .. own]);
                leaves[part] = own;
            });
            using var together = NewDisposeScope();
            return cat([.. outputs.Select(output => output.detach())]).MoveToOuterDisposeScope();
        }
        catch
        {
            foreach (var kept in Kept) kept?.Dispose();
            throw;
        }
    }

    /// <summary>Runs the parts without a backward pass.</summary>
    public Tensor Constant(Tensor[] inputs)
    {
        try
        {
            Cores.Run(parts, part =>
            {
                using var constant = no_grad();
                using var scope = NewDisposeScope();
                Tensor[] own = [.. inputs.Select((input, number) => Part(input, number, part))];
                outputs[part] = Held.Rows(function(own), own[0].size(0), model.Maker).DetachFromDisposeScope();
            });
            return cat(outputs);
        }
        finally
        {
            foreach (var output in outputs) output?.Dispose();
        }
    }

    /// <inheritdoc/>
    public override Tensor?[] Backward(IReadOnlyList<Tensor> inputs, Tensor gradient)
    {
        if (outputs[0].IsInvalid)
            throw new InvalidOperationException("what a pass keeps for its backward pass is gone: "
                + "the dispose scope around BatchParts.Encode must not end before that");
        if (isSpent) throw new InvalidOperationException("a pass through BatchParts.Encode can go backward once");
        isSpent = true;
        Try(gradient);
        int[] whole = [.. Enumerable.Range(cut, inputs.Count - cut).Where(number => inputs[number].requires_grad)];
        var parameters = model.Trained();
        var totals = new Tensor?[whole.Length];
        using var held = anchors.Any(anchor => anchor is not null) ? new HeldLeaves(parameters) : null;
        using var tree = new GradientTree(parts, Math.Min(parts, OpenMp.MachineThreads));
        Run(part => tree.Add(part, () => Collect(part)));
        Cores.Run(parts, core =>
        {
            using var constant = no_grad();
            for (var number = core; number < whole.Length + parameters.Length; number += parts) Gather(number);
        });
        return [.. inputs.Select((input, number) => !input.requires_grad ? null
            : number < cut ? Together(number) : totals[Array.IndexOf(whole, number)] ?? zeros_like(input))];

        Tensor?[] Collect(int part)
        {
            using var scope = NewDisposeScope();
            var collected = new PartGradients([.. whole.Select(number => leaves[part][number]), .. parameters]);
            if (outputs[part].requires_grad)
                collected.Collect(outputs[part], Rows(gradient, part), [.. Ways(part)]);
            return collected.Sums;
        }

        void Gather(int number)
        {
            using var scope = NewDisposeScope();
            using var total = tree.Total(number);
            if (total is null) return;
            if (number < whole.Length)
                totals[number] = total.to(inputs[whole[number]].dtype, copy: true).DetachFromDisposeScope();
            else PartGradients.Add(parameters[number - whole.Length], total);
        }
    }

    /// <summary>The tensors that a part's backward pass must reach, beside the parameters.</summary>
    IEnumerable<Tensor> Ways(int part)
    {
        foreach (var leaf in leaves[part][..cut])
            if (leaf.requires_grad) yield return leaf;
        if (anchors[part] is { } anchor) yield return anchor;
    }

    /// <summary>Tries a pass that goes backward for the first time in its first part, in the usual way: there an error
    /// of libtorch is an exception. Where gradients are collected apart, the same error would end the
    /// process.</summary>
    void Try(Tensor gradient)
    {
        if (model.HasPassed(pass) || !outputs[0].requires_grad) return;
        Cores.Run(1, _ => ActivationCheckpoint.With(failures[0], () =>
        {
            using var scope = NewDisposeScope();
            using var kept = new KeptGradients([.. model.Trained(), .. leaves[0].Where(leaf => leaf.requires_grad)]);
            ActivationCheckpoint.BackwardFirst(outputs[0], Rows(gradient, 0));
        }));
        model.Passed(pass);
    }

    void Run(Action<int> work) => Cores.Run(parts, part => ActivationCheckpoint.With(failures[part], () => work(part)));

    Tensor Together(int input)
    {
        using var scope = NewDisposeScope();
        return cat([.. leaves.Select(part => part[input].grad ?? zeros_like(part[input]))]).MoveToOuterDisposeScope();
    }

    Tensor Part(Tensor input, int number, int part) => number < cut ? Rows(input.detach(), part) : input.detach();

    Tensor Rows(Tensor rows, int part)
    {
        long Start(int number) => rows.size(0) * number / parts;
        return rows.narrow(0, Start(part), Start(part + 1) - Start(part));
    }
}
