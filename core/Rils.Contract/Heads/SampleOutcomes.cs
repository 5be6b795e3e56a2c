namespace Rils.Contract;

/// <summary>What a head found of each sample, so that arms can be compared sample by sample.</summary>
/// <param name="Keys">The samples, each once. What is judged need not be an image: a caption may go by the key of the first image that has it. Keys
/// follow from the data alone, so that every arm has the same.</param>
/// <param name="Metrics">By the name of a metric of <see cref="HeadResult.Metrics"/>: a finite number for each key, in their order; their mean is the
/// metric. Right is 1 and wrong is 0.</param>
public sealed record SampleOutcomes(IReadOnlyList<string> Keys, IReadOnlyDictionary<string, IReadOnlyList<double>> Metrics);
