using TorchSharp;
using static TorchSharp.torch;

namespace Fixture.Trespass;

/// <summary>Brings a backbone, a head and an objective that trespass.</summary>
public sealed class TrespassPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Backbone<TrespassBackboneOptions, ZeroingBackbone>("trespass",
        static (_, experiment) => new ZeroingBackbone(experiment.ImageSize))
        .Head<TrespassHeadOptions>("trespass",
        static (options, context) => new TrespassHead(context.Arm == options.To ? options.Deed : Deed.Nothing))
        .Objective<TrespassOptions>("trespass")
        .System(Stage.Setup, "trespass.setup", Setup)
        .System(Stage.Objective, "trespass", Loss);

    /// <summary>The sum of a layer's weights, which libtorch's own generator draws.</summary>
    sealed record Drawn(float Sum);

    static void Setup(in TrespassOptions options, out Drawn drawn)
    {
        using var layer = nn.Linear(4, 4);
        drawn = new(layer.weight!.sum().item<float>());
        if (options.Deed == Deed.DefaultTypeInSetup) set_default_dtype(ScalarType.Float64);
    }

    static void Loss(in TrespassOptions options, in Step step, in Images images, in MaskNoise noise,
        in CaptionTokens captions, in ImageTokens tokens, in TextEmbedding sentences,
        in Backbone backbone, in Weights weights, in Drawn drawn, Append<LossTerm> losses, Append<Metric> metrics)
    {
        metrics.Add(new($"{losses.Name}.drawn", drawn.Sum));
        losses.Add(new(losses.Name, Zero(options, step, noise, tokens)));
        if (step.Number != options.Step) return;
        switch (options.Deed)
        {
            case Deed.Noise:
                noise.ByPatches.Values.First().zero_();
                break;
            case Deed.Images:
                images.Pixels.detach().narrow(0, 0, 1).mul_(0);
                break;
            case Deed.Captions:
                using (inference_mode()) captions.Tokens.fill_(1);
                break;
            case Deed.DisposeImages:
                images.Pixels.Dispose();
                break;
            case Deed.NoiseAndThrow:
                noise.ByPatches.Values.First().neg_();
                throw new InvalidOperationException("on purpose");
            case Deed.Sentences:
                using (no_grad()) sentences.Vectors.mul_(2);
                break;
            case Deed.DisposeTokens:
                tokens.Tokens.Dispose();
                break;
            case Deed.Parameter:
                using (no_grad()) backbone.parameters().First().mul_(1);
                break;
            case Deed.Freeze:
                foreach (var parameter in backbone.parameters()) parameter.requires_grad = false;
                break;
            case Deed.Weights:
                weights.Groups[0].Values.add_(0);
                break;
            case Deed.Draw:
                rand(1).Dispose();
                break;
            case Deed.NoGradients:
                set_grad_enabled(false);
                break;
            case Deed.DefaultType:
                set_default_dtype(ScalarType.Float64);
                break;
            case Deed.Unpool:
                Unpool();
                break;
            case Deed.Nothing:
                nn.functional.dropout(tokens.Tokens, 0, training: true).Dispose();
                nn.functional.dropout(tokens.Tokens, 0.5, training: false).Dispose();
                noise.ByPatches.Values.First().clone().zero_();
                break;
        }
    }

    internal static void Unpool()
    {
        using var values = zeros(1, 1, 1);
        using var places = zeros(1, 1, 1, ScalarType.Int64);
        nn.functional.max_unpool2d(values, places, [2, 2]).Dispose();
    }

    /// <summary>A loss of 0 that depends on the tokens.</summary>
    static Tensor Zero(TrespassOptions options, Step step, MaskNoise noise, ImageTokens tokens)
    {
        var (spoilt, runs) = (noise.ByPatches.Values.First(), 0);
        if (options.Deed != Deed.NoiseInBackward || step.Number != options.Step)
            return 0 * tokens.Tokens.sum().to(ScalarType.Float32);
        return ActivationCheckpoint.Run(parts =>
        {
            if (runs++ > 0) spoilt.neg_();
            return 0 * parts[0].sum().to(ScalarType.Float32);
        }, tokens.Tokens);
    }
}
