using System.ComponentModel.DataAnnotations;
using Rils.Contract;
using Rils.Scheduling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

public sealed class SupervisedLossPlugin : IPlugin
{
    public void Configure(IRilsBuilder rils) => rils
        .Objective<SupervisedOptions>("supervised")
        .System(Stage.Setup, "supervised.setup", Setup)
        .System(Stage.Objective, "supervised", Loss);

    static void Setup(in SupervisedOptions options, in TrainingSamples data, in BackboneShape shape, in Seed seed,
        out Classifier classifier, Append<Trainable> trained)
    {
        using var constant = no_grad();
        classifier = new(nn.Linear(shape.Width, data.Classes));
        Initialization.Normal(classifier.Linear.weight!, 0.01, seed.Initialization(trained.Name).Fork("weight"));
        classifier.Linear.bias!.zero_();
        trained.Add(new($"{trained.Name}.", classifier.Linear));
    }

    static void Loss(in SupervisedOptions options, in Classifier classifier, in ImageFeatures images,
        in ClassNumbers classes, in BatchParts cut, Append<LossTerm> losses, Append<Metric> metrics)
    {
        var linear = classifier.Linear;
        var logits = cut.Run(linear, parts => linear.forward(parts[0].to(linear.weight!.dtype)), [images.Vectors], [])
            .to(ScalarType.Float32);
        var numbers = classes.Numbers;
        var known = numbers.ne(ClassNumbers.None).sum().clamp(min: 1);         // without any class the loss is 0
        var loss = nn.functional.cross_entropy(
            logits, numbers, ignore_index: ClassNumbers.None, reduction: nn.Reduction.Sum) / known;
        losses.Add(new(losses.Name, loss, options.Weight));
        metrics.Add(new($"{losses.Name}.accuracy", logits.detach().argmax(1).eq(numbers).sum() / known));
    }
}

/// <summary>A linear classifier on the backbone's feature learns the samples' classes beside the arm.</summary>
public sealed record SupervisedOptions
{
    /// <summary>Factor of this term in the loss.</summary>
    [Range(0.0, double.MaxValue)]
    public double Weight { get; init; } = 1;
}

sealed record Classifier(Linear Linear) : IBackedBy<Weights>, ICountsFlops
{
    public long Flops(int visible) => 2 * Linear.weight!.numel(); // a multiplication and an addition
}
