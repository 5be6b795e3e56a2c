using static TorchSharp.torch;

namespace Rils.Engine.Guards;

/// <summary>libtorch's own generator of the CPU, one for the whole process. The next number depends on all draws
/// before.</summary>
sealed class TorchGenerator : TorchSetting
{
    readonly Generator generator = Generator.Default;
    Tensor? remembered;

    /// <summary>Starts the generator anew.</summary>
    public void Seed(long seed) => generator.manual_seed(seed);

    public override void Remember()
    {
        remembered?.Dispose();
        remembered = generator.get_state().DetachFromDisposeScope();
    }

    public override string? PutBack()
    {
        using var state = generator.get_state();
        if (state.bytes.SequenceEqual(remembered!.bytes)) return null;
        generator.set_state(remembered);
        return "draws from libtorch's own generator, which all arms share, and no resumed run has again: "
            + "draw from a stream of the seed, as in seed.Root.Fork(\"name\"); "
            + "dropout with p = 0 or in eval() draws nothing";
    }
}
