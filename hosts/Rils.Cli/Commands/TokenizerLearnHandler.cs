using Microsoft.Extensions.DependencyInjection;
using Rils.Analysis;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Configuration;
using Rils.Engine.Datasets;
using Rils.Engine.Datasets.Vocabulary;
using Rils.Engine.Plugins;

namespace Rils.Cli.Commands;

/// <param name="Data">The data.</param>
/// <param name="Tokenizer">The kind of tokenizer.</param>
/// <param name="Size">The most token ids.</param>
/// <param name="To">The path of the vocabulary as the user gave it.</param>
/// <param name="File">The full path of the vocabulary.</param>
sealed record TokenizerLearnArguments(GivenData Data, string Tokenizer, int Size, string To, string File)
    : CommandArguments;

/// <summary>Learns the vocabulary and prints how an experiment uses it.</summary>
sealed class TokenizerLearnHandler(
    TokenizerLearnArguments arguments, PluginRegistry registry, DataOpener opener, Terminal terminal) : ICommandHandler
{
    public static bool WritesFiles => true;

    public static void AddTo(IServiceCollection services) => services.AddSingleton<DataOpener>();

    public int Run(CancellationToken stopping)
    {
        VocabularyLearning.TrainerOf(registry, arguments.Tokenizer);
        using var data = DataDisplay.Open(terminal, opener, arguments.Data);
        var (ids, captions, bad) = Learn(data, stopping);
        terminal.Output.WriteLine($"{arguments.File}: {Figures.Count(ids)} token ids from "
            + $"{Figures.Count(captions)} captions"
            + (bad > 0 ? $"; {Figures.Count(bad)} samples could not be read: rils data verify lists them" : ""));
        if (ids < arguments.Size)
            terminal.Output.WriteLine($"fewer than --size {arguments.Size}: the captions give no more");
        terminal.Output.WriteLine("");
        terminal.Output.WriteLine("# in an experiment in this folder:");
        terminal.Output.WriteLine("[data.tokenizer]");
        terminal.Output.WriteLine($"kind       = \"{arguments.Tokenizer}\"");
        if (PathKey() is { } key) terminal.Output.WriteLine($"{key,-10} = \"{arguments.To}\"");
        return ExitCode.Done;
    }

    /// <summary>The kind's option that takes the file; null for a kind that names none.</summary>
    string? PathKey() => OptionKey.Of(registry.Find("data.tokenizer", arguments.Tokenizer)!.Options)
        .FirstOrDefault(key => key.Takes.Contains("path", StringComparison.Ordinal))?.Key;

    (int Ids, int Captions, int Bad) Learn(OpenedData data, CancellationToken stopping)
    {
        try
        {
            return DataDisplay.Watch(terminal, "read", tell => new VocabularyLearning(registry, data, tell)
                .Learn(arguments.Tokenizer, arguments.Size, arguments.File, stopping));
        }
        catch (ArgumentException small)
        {
            throw new UsageException($"--size {arguments.Size}: {small.Message}");
        }
        catch (InvalidDataException unusable)
        {
            throw new UsageException(unusable.Message);
        }
    }
}
