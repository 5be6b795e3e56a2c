using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Engine.Evaluations;

/// <summary>Switches an arm's modules to evaluation mode, and later each layer back to its earlier mode: the layers of
/// a frozen part may be in evaluation mode throughout.</summary>
sealed class EvaluationMode(ArmModel model)
{
    (nn.Module Layer, bool IsTraining)[] before = [];

    public void Begin()
    {
        nn.Module[] parts = [.. model.Modules];
        before = [.. parts.SelectMany(part => part.modules().Prepend(part)).Select(layer => (layer, layer.training))];
        foreach (var part in parts) part.eval();
    }

    public void End()
    {
        // A module comes before its layers, since its train() sets their modes too.
        foreach (var (layer, isTraining) in before) layer.train(isTraining);
    }
}
