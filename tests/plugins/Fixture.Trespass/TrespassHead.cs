using TorchSharp;
using static TorchSharp.torch;

namespace Fixture.Trespass;

/// <summary>A head that gives the sum of the features and of a layer that it draws, and does its deed in the first
/// batch.</summary>
sealed class TrespassHead(Deed deed) : IHead
{
    ArmModel? model;
    double sum, drawn;
    int batches;

    public void Begin(ArmModel model)
    {
        this.model = model;
        using var layer = nn.Linear(4, 4);
        drawn = layer.weight!.sum().item<float>();
    }

    public void Add(EvaluationBatch batch)
    {
        // A head that changes features has often read them first.
        var features = batch.ImageFeatures;
        sum += features.to(ScalarType.Float64).sum().item<double>();
        if (batches++ > 0) return;
        switch (deed)
        {
            case Deed.Features:
                features.mul_(0);
                break;
            case Deed.DisposeFeatures:
                features.Dispose();
                break;
            case Deed.Images:
                batch.Images.mul_(0);
                break;
            case Deed.Parameter:
                model!.Backbone.parameters().First().mul_(2);
                break;
            case Deed.Convert:
                model!.Backbone.to(ScalarType.Float64);
                break;
            case Deed.ZeroGradient:
                model!.Backbone.zero_grad();
                break;
            case Deed.Unpool:
                TrespassPlugin.Unpool();
                break;
            case Deed.Freeze:
                foreach (var parameter in model!.Backbone.parameters()) parameter.requires_grad = false;
                break;
        }
    }

    public HeadResult Finish() => new(new Dictionary<string, HeadMetric>
        { ["sum"] = new(sum), ["drawn"] = new(drawn) });
}
