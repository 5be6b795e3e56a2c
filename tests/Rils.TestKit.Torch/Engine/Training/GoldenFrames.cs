using Rils.Contract;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Training;

/// <summary>Gives every tick the batch of a golden case, with the mask noise of the step.</summary>
sealed record GoldenFrames(Tensor Images, Tensor Tokens, IReadOnlyList<Tensor> Noise) : IShared
{
    public static void Frame(in GoldenFrames frames,
        in Step step, out Images images, out MaskNoise noise)
    {
        var values = frames.Noise[(int)step.Number];
        images = new(frames.Images);
        noise = new(new Dictionary<int, Tensor> { [(int)values.shape[1]] = values });
    }

    public static void Captions(in GoldenFrames frames, out CaptionTokens captions) => captions = new(frames.Tokens,
        [.. frames.Tokens.ndim < 2 ? [] : frames.Tokens.argmax(1).data<long>().Select(end => (int)end + 1)]);
}
