using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Testing.Checks;

/// <summary>A pass of a module over a tiny batch.</summary>
/// <param name="Name">The method, for messages: <c>EncodeVisible</c>.</param>
/// <param name="Rows">The inputs, each with a row for each sample.</param>
/// <param name="Run">Runs the pass over such inputs.</param>
/// <param name="Shape">The shape that the contract tells for the result.</param>
sealed record Pass(string Name, Tensor[] Rows, Func<Tensor[], Tensor> Run, long[] Shape)
{
    /// <summary>Whether another module makes the inputs, and so in its own type.</summary>
    public bool TakesFeatures { get; init; }
}

/// <summary>A slot's modules, as the checks of modules see them.</summary>
/// <param name="Make">Makes a module.</param>
/// <param name="Initialize">Draws the parameters from a stream.</param>
/// <param name="Passes">Lists the module's passes, with inputs.</param>
sealed record ModuleKind(
    Func<nn.Module> Make, Action<nn.Module, Contract.RandomStream> Initialize,
    Func<nn.Module, IReadOnlyList<Pass>> Passes)
{
    /// <summary>A module with drawn parameters.</summary>
    public nn.Module Drawn()
    {
        var module = Make();
        Initialize(module, Contract.RandomStream.Root(3));
        return module;
    }
}
