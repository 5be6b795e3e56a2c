namespace Rils.Contract;

/// <summary>What the experiment has settled before any arm is built.</summary>
/// <param name="ImageSize">Side of the square images, in pixels.</param>
/// <param name="BatchSize">Samples per step.</param>
/// <param name="Steps">Optimizer steps of the whole run.</param>
/// <param name="StepsPerEpoch">Optimizer steps of one pass over the training data.</param>
/// <param name="VocabularySize">Token ids run from 0 to this, exclusive; the end-of-text token is the largest.</param>
public sealed record ExperimentContext(int ImageSize, int BatchSize, long Steps, long StepsPerEpoch, int VocabularySize);
