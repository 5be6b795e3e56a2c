using Rils.Configuration;
using Rils.Configuration.Settings;

namespace Rils.Engine.Composition;

/// <summary>A head as the file gives it.</summary>
/// <param name="Name">Unique in the experiment.</param>
/// <param name="Settings">What every head has.</param>
/// <param name="DataSpan">Where <c>data</c> was written.</param>
/// <param name="Table">Its kind and options.</param>
sealed record HeadDefinition(string Name, HeadSettings Settings, SourceSpan DataSpan, BoundTable Table)
{
    /// <summary>Steps between two evaluations; null where there is none but the first and the last.</summary>
    public long? EverySteps(long stepsPerEpoch) => Settings.Every?.InSteps(stepsPerEpoch);
}
