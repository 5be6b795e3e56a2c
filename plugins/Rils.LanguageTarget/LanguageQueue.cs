using TorchSharp;
using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>Keeps sentences of past steps as further prototypes, as MoCo keeps keys (He et al. 2020).</summary>
static class LanguageQueue
{
    /// <summary>Makes an empty queue.</summary>
    public static void Setup(
        in LanguageTargetOptions options, in SharedSpace space, in DeviceName device, out SentenceQueue queue) =>
        queue = new(zeros(options.Queue, space.Dimensions, ScalarType.Float32, torch.device(device.Value))
            .DetachFromDisposeScope());

    /// <summary>Puts the batch's sentences into the queue, after the losses have read the past ones.</summary>
    public static void Push(in TextEmbedding sentences, in Step step, ref SentenceQueue queue) =>
        queue.Push(step.Number, sentences.Vectors);
}
