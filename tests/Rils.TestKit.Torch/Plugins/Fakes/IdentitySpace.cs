using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Fakes;

/// <summary>A space without projections, with a given logit scale.</summary>
sealed class IdentitySpace(int dimensions, Tensor? logitScale = null) : SharedSpace("space")
{
    public override int Dimensions => dimensions;

    public override Tensor LogitScale => logitScale ?? throw new InvalidOperationException("no logit scale was given");

    public override Tensor ProjectImages(Tensor features) => features.alias();

    public override Tensor ProjectTexts(Tensor features) => features.alias();

    public override void Initialize(RandomStream random) { }
}
