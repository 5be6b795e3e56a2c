using Rils.Contract;
using Rils.Scheduling;
using Rils.WebDataset;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Samples;

/// <summary>As a third party would write it: a source that adds to another's samples, a system of Prepare that moves
/// boxes along with the crops, and a loss that learns classes and the boxes' centres.</summary>
sealed class AnnotatedPlugin : IPlugin
{
    public void Configure(IRilsBuilder rils) => rils
        .Source<SourceOptions>("annotated", static (_, context) => new Annotated(new WebDatasetSource(context)))
        .Objective<LocateOptions>("locate")
        .System(Stage.Setup, "locate.setup", Setup)
        .System(Stage.Prepare, "centres.prepare", Centres)
        .System(Stage.Objective, "locate", Loss);

    static void Setup(in LocateOptions options, in BackboneShape backbone, in Seed seed, out Heads heads,
        Append<Trainable> parts)
    {
        heads = new(backbone.Width, seed.Initialization("locate"));
        parts.Add(new("locate.", heads));
    }

    static void Centres(in Components<Boxes> boxes, in CropGeometry crops, out Prepared<Centres> centres)
    {
        var places = boxes.All.Zip(crops.Images).SelectMany(place =>
        {
            var box = place.First.All[0];
            var (x, y) = place.Second.Place(box.Left + box.Width / 2, box.Top + box.Height / 2);
            return (float[])[(float)x, (float)y];
        });
        centres = new(new(tensor([.. places], [boxes.All.Count, 2])));
    }

    static void Loss(in LocateOptions options, in Heads heads, in ImageFeatures images, in ClassNumbers classes,
        in Centres centres, Append<LossTerm> losses, Append<Metric> metrics)
    {
        var named = nn.functional.cross_entropy(heads.Name.forward(images.Vectors), classes.Numbers);
        var placed = (heads.Place.forward(images.Vectors) - centres.Places).square().mean();
        losses.Add(new(losses.Name, named + placed));
        metrics.Add(new($"{losses.Name}.x", centres.Places.select(1, 0).mean()));
    }
}

public sealed record SourceOptions;

public sealed record LocateOptions;

sealed record Centres(Tensor Places) : IUploaded<Centres>
{
    public Centres Map(Func<Tensor, Tensor> each) => new(each(Places));
}

sealed class Heads : nn.Module, IBackedBy<Weights>
{
    public readonly Linear Name, Place;

    public Heads(long width, RandomStream random) : base("locate")
    {
        (Name, Place) = (nn.Linear(width, 20), nn.Linear(width, 2));
        RegisterComponents();
        foreach (var (name, parameter) in named_parameters())
            Initialization.Uniform(parameter, 0.1, random.Fork(name));
    }
}

/// <summary>Adds a box and two more captions to each sample.</summary>
sealed class Annotated(ISource inner) : ISource
{
    public int Count => inner.Count;

    public IReadOnlyList<Type> Components => [.. inner.Components, typeof(Boxes)];

    public Sample Read(int index, IReadOnlySet<Type> wanted)
    {
        var sample = inner.Read(index, wanted);
        if (sample.Find<Captions>() is { Texts: [var text] })
            sample = sample.With(new Captions([text, $"a drawing of {text}", $"{text} in colour"], [2, 1, 1]));
        return wanted.Contains(typeof(Boxes))
            ? sample.With(new Boxes([new(index % 7, index % 5, 20, 30, sample.Find<Label>()?.Number ?? 0)])) : sample;
    }

    public IReadOnlyList<SourceShard> Shards() => inner.Shards();

    public void Dispose() => inner.Dispose();
}
