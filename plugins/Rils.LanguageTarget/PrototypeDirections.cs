using Rils.Measures;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>Directions of the shared space that take the place of the sentences, to tell what language adds: fixed ones
/// are a buffer, learned ones a parameter.</summary>
sealed class PrototypeDirections : nn.Module, IBackedBy<Weights>, ICountsFlops
{
    const string Name = "vectors";

    PrototypeDirections(int count, int dimensions, bool areLearned) : base("language.directions")
    {
        if (areLearned) register_parameter(Name, new Parameter(zeros(count, dimensions)));
        else register_buffer(Name, zeros(count, dimensions));
    }

    /// <summary>The directions: unit vectors, fp32 <c>[directions, dimensions]</c>.</summary>
    public Tensor Units => Similarity.Unit(Vectors);

    Tensor Vectors => get_parameter(Name) ?? get_buffer(Name)!;

    /// <summary>Makes the directions where the options ask for some, each drawn alike from all directions of the
    /// space.</summary>
    public static void Setup(in LanguageTargetOptions options, in SpaceShape space, in Seed seed,
        out PrototypeDirections directions, Append<Trainable> parts)
    {
        directions = new(options.Directions!.Value, space.Dimensions, options.Prototypes == Prototypes.Learned);
        using (no_grad())
            Initialization.Normal(directions.Vectors, 1, seed.Initialization("language.directions"));
        parts.Add(new("language.directions.", directions));
    }

    /// <summary>Nothing: the loss reads the directions as it reads sentences.</summary>
    public long Flops(int visible) => 0;
}
