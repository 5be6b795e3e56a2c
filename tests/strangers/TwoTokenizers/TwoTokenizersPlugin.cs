using System;
using System.ComponentModel.DataAnnotations;
using Rils.Contract;
using Rils.Scheduling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

public sealed class TwoTokenizersPlugin : IPlugin
{
    public void Configure(IRilsBuilder rils) => rils
        .Objective<WordsOptions>("words")
        .System(Stage.Setup, "words.setup", Setup)
        .System(Stage.Objective, "words", Loss);

    static void Setup(in WordsOptions options, in BackboneShape shape, in CaptionEncoder captions, in Seed seed,
        out WordClassifier classifier, Append<Trainable> trained)
    {
        using var constant = no_grad();
        classifier = new(nn.Linear(shape.Width, captions.Tokenizer.VocabularySize));
        Initialization.Normal(classifier.Linear.weight!, 0.01, seed.Initialization(trained.Name).Fork("weight"));
        classifier.Linear.bias!.zero_();
        trained.Add(new($"{trained.Name}.", classifier.Linear));
    }

    static void Loss(in WordsOptions options, in WordClassifier classifier, in ImageFeatures images,
        in CaptionTokens captions, in BatchParts cut, Append<LossTerm> losses, Append<Metric> metrics)
    {
        var linear = classifier.Linear;
        var logits = cut.Run(linear, parts => linear.forward(parts[0].to(linear.weight!.dtype)), [images.Vectors], [])
            .to(ScalarType.Float32);
        var words = zeros_like(logits).scatter_(1, captions.Tokens, ones_like(captions.Tokens, ScalarType.Float32));
        var ends = tensor(new[] { 0, words.shape[1] - 1 }, device: words.device);
        words = words.index_fill_(1, ends, 0);    // neither padding nor the end
        var shares = words / words.sum(1, keepdim: true).clamp(min: 1);
        var loss = -(shares * nn.functional.log_softmax(logits, 1)).sum(1).mean();
        losses.Add(new(losses.Name, loss, options.Weight));
        metrics.Add(new($"{losses.Name}.bits", loss.detach() / Math.Log(2)));
    }
}

/// <summary>The image's feature predicts which tokens of the arm's own tokenizer its caption has.</summary>
public sealed record WordsOptions
{
    /// <summary>Factor of this term in the loss.</summary>
    [Range(0.0, double.MaxValue)]
    public double Weight { get; init; } = 0.1;
}

sealed record WordClassifier(Linear Linear) : IBackedBy<Weights>;
