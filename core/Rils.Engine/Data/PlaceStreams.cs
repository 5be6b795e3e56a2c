using Rils.Contract;

namespace Rils.Engine.Data;

/// <summary>The random streams of one place of a batch.</summary>
/// <param name="Root">The stream of the seed.</param>
/// <param name="Step">The step, from 0.</param>
/// <param name="Place">The place in the batch, from 0.</param>
readonly record struct PlaceStreams(RandomStream Root, long Step, int Place)
{
    /// <summary>For the crop of the image.</summary>
    public RandomStream Crop => Of("crop");

    /// <summary>For the augmented views.</summary>
    public RandomStream Views => Of("views");

    /// <summary>For the choice among several captions.</summary>
    public RandomStream Caption => Of("caption");

    RandomStream Of(string name) => Root.Fork(name).Fork(Step).Fork(Place);
}
