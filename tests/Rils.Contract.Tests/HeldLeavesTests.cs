using System.Runtime.InteropServices;
using Rils.Contract;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Tests.Abstractions;

/// <summary>libtorch frees a parameter's node in the graph together with the last graph that leads to the node, and a
/// backward pass looks nodes up without a lock. A part that made a new node would free the old node while the part
/// beside it uses that node: before <c>HeldLeaves</c> held nodes, 4 of 9 runs with <c>recompute</c> ended in a corrupt
/// heap.</summary>
public sealed partial class HeldLeavesTests
{
    [SkippableFact]
    public void No_part_that_computes_again_makes_a_parameters_node()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "asks libtorch by the name that a symbol has on Linux");
        using var scope = NewDisposeScope();
        Linear[] layers = [.. Enumerable.Range(0, 6).Select(_ => nn.Linear(2, 2))];
        var (model, rows) = (nn.Sequential(layers), rand(4, 2));
        int calls = 0, without = 0;
        Tensor Layer(Linear layer, Tensor state)
        {
            if (is_grad_enabled()) Interlocked.Increment(ref calls);
            if (is_grad_enabled() && !(HasNode(layer.weight!) && HasNode(layer.bias!)))
                Interlocked.Increment(ref without);
            return layer.forward(state);
        }
        Tensor Deep(Tensor[] given) =>
            layers.Aggregate(given[0],
                (state, layer) => ActivationCheckpoint.Run(held => Layer(layer, held[0]), state));
        void Pass() => ActivationCheckpoint.Backward(new BatchParts(4).Encode(model, Deep, rows).sum());

        Pass(); // the first pass holds a trial, in which the parts run one after the other
        (calls, without) = (0, 0);
        Pass();
        Assert.Equal((4 * layers.Length, 0), (calls, without));
    }

    /// <summary>Whether the parameter's node exists. The test does not release the reference that libtorch returns, so
    /// a found node lives as long as the process.</summary>
    static bool HasNode(Tensor parameter)
    {
        Find(out var found, parameter.Handle);
        return found.Node != 0;
    }

    // std::shared_ptr<Node> torch::autograd::impl::try_get_grad_accumulator(const at::TensorBase&)
    [LibraryImport("torch_cpu", EntryPoint = "_ZN5torch8autograd4impl24try_get_grad_accumulatorERKN2at10TensorBaseE")]
    private static partial void Find(out SharedPointer found, nint tensor);

    [StructLayout(LayoutKind.Sequential)]
    struct SharedPointer
    {
        public nint Node, Count;
    }
}
