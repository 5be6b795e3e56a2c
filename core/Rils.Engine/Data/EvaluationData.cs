using Rils.Contract;

namespace Rils.Engine.Data;

/// <summary>What heads are evaluated on.</summary>
/// <param name="Source">The samples.</param>
/// <param name="Reads">What the heads read of samples beside their images.</param>
/// <param name="BadSamples">Counts and names what is left out, for all arms and evaluations alike.</param>
sealed record EvaluationData(ISource Source, SampleParts Reads, BadSamples BadSamples);
