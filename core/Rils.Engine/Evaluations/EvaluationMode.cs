using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Engine.Evaluations;

/// <summary>Takes an arm's modules into evaluation mode, and each layer back to the mode that it had: a frozen part may
/// stay in it throughout.</summary>
sealed class EvaluationMode(ArmModel model)
{
    (nn.Module Layer, bool IsTraining)[] before = [];

    public void Begin()
    {
        nn.Module[] parts = [.. ((nn.Module?[])[model.Backbone, model.Text, model.Space]).OfType<nn.Module>()];
        before = [.. parts.SelectMany(part => part.modules().Prepend(part)).Select(layer => (layer, layer.training))];
        foreach (var part in parts) part.eval();
    }

    public void End()
    {
        // A module comes before the layers in it, whose mode it sets too.
        foreach (var (layer, isTraining) in before) layer.train(isTraining);
    }
}
