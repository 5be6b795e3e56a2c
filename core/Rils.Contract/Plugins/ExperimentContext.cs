namespace Rils.Contract;

/// <summary>Facts that the experiment has settled before any arm is built.</summary>
/// <param name="ImageSize">Side of the square images, in pixels.</param>
/// <param name="BatchSize">Number of samples in a step.</param>
/// <param name="Steps">Number of optimizer steps of the whole run.</param>
/// <param name="StepsPerEpoch">Number of optimizer steps of one pass over the training data.</param>
/// <param name="VocabularySize">Token ids run from 0 to this number, exclusive; the end-of-text token is the
/// largest.</param>
public sealed record ExperimentContext(
    int ImageSize, int BatchSize, long Steps, long StepsPerEpoch, int VocabularySize);
