using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Runs;

namespace Rils.Engine.Composition;

/// <summary>A head as the file gives it.</summary>
/// <param name="Name">The head's name, which is unique in the experiment.</param>
/// <param name="Settings">The settings that every head has.</param>
/// <param name="DataSpan">The place of <c>data</c>.</param>
/// <param name="Table">The head's kind and options.</param>
sealed record HeadDefinition(string Name, HeadSettings Settings, SourceSpan DataSpan, BoundTable Table)
{
    /// <summary>The kind of source that reads the head's data; null where it is that of <c>[data]</c>.</summary>
    public BoundTable? Source { get; init; }

    /// <summary>The head, and behind it the same head on its <c>validation</c> data where it has such data.</summary>
    public IEnumerable<HeadDefinition> WithValidation => Settings.Validation.Count == 0 ? [this]
        :
        [
            this, this with
            {
                Name = ValidationHead.NameOf(Name),
                Settings = Settings with { Data = Settings.Validation, Validation = [] },
                DataSpan = Table.Values["validation"]?.Span ?? DataSpan,
            },
        ];

    /// <summary>Names data that the head reads, for messages and for the record of the run: its patterns, and the
    /// source where the head has one of its own.</summary>
    public string NameOf(IReadOnlyList<string> patterns) => Source is null ? DataDefinition.NameOf(patterns)
        : $"{DataDefinition.NameOf(patterns)} ({string.Join(", ", Source.Values.Entries
            .Where(entry => entry.Key != "path").OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => $"{entry.Key} = {entry.Value.Whole}"))})";

    /// <summary>The number of steps between two evaluations; null where the head runs only before the first step and
    /// after the last.</summary>
    public long? EverySteps(long stepsPerEpoch) => Settings.Every?.InSteps(stepsPerEpoch);
}
