using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>How much each image counts in the reconstruction loss.</summary>
/// <param name="Values">fp32 <c>[selected]</c>, 0 to 1, no gradient; null where each selected image counts as 1.</param>
sealed record ImageWeights(Tensor? Values);
