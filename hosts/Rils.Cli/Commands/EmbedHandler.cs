using Microsoft.Extensions.DependencyInjection;
using Rils.Analysis;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Datasets;
using Rils.Engine.Trained;
using Rils.Files;

namespace Rils.Cli.Commands;

/// <param name="Arm">The trained arm.</param>
/// <param name="Data">The images; no path where texts are embedded.</param>
/// <param name="Texts">The path of a text file; null where images are embedded.</param>
/// <param name="File">The full path of the file for the vectors.</param>
/// <param name="AsFeatures">Whether rows are the backbone's features.</param>
sealed record EmbedArguments(GivenArm Arm, GivenData Data, string? Texts, string File, bool AsFeatures)
    : CommandArguments;

/// <summary>Embeds images or texts, and says which files hold the vectors.</summary>
sealed class EmbedHandler(EmbedArguments arguments, TrainedArms arms, DataOpener opener, Terminal terminal)
    : ICommandHandler
{
    /// <summary>How many bad samples are named.</summary>
    const int Shown = 10;

    public static bool FinishesStep => true;

    public static bool WritesFiles => true;

    public static void AddTo(IServiceCollection services) =>
        services.AddSingleton<DataOpener>().AddSingleton<TrainedArms>();

    public int Run(CancellationToken stopping)
    {
        var chosen = TrainedArms.Choose(arguments.Arm);
        if (arguments.Texts is { } file) Texts(chosen, TextLines.Read("--texts", file), stopping);
        else Images(chosen, stopping);
        return ExitCode.Done;
    }

    void Texts(ChosenArm chosen, IReadOnlyList<string> lines, CancellationToken stopping)
    {
        var written = Embed(chosen, arm => arm.EmbedsTexts ? null : arms.WithoutTexts(chosen),
            embedder => embedder.Texts(lines, stopping));
        Tell(written, $"texts, unit vectors of the shared space of {Name(chosen)}");
    }

    void Images(ChosenArm chosen, CancellationToken stopping)
    {
        using var data = DataDisplay.Open(terminal, opener, arguments.Data);
        var written = Embed(chosen,
            arm => arm.EmbedsImages || arguments.AsFeatures ? null : WithoutSpace(chosen),
            embedder => embedder.Images(data, arguments.AsFeatures, stopping));
        Tell(written.Images, arguments.AsFeatures ? $"images, features of the backbone of {Name(chosen)}"
            : $"images, unit vectors of the shared space of {Name(chosen)}");
        if (written.Captions is { } captions) Tell(captions, "captions");
        if (written.Bad.Count == 0) return;
        terminal.Output.WriteLine($"{Figures.Count(written.Bad.Count)} bad samples were left out:");
        foreach (var bad in written.Bad.Take(Shown)) terminal.Output.WriteLine($"  {Printable.Line(bad.Cause)}");
        if (written.Bad.Count > Shown)
            terminal.Output.WriteLine($"  and {written.Bad.Count - Shown} more: rils data verify lists them all");
    }

    T Embed<T>(ChosenArm chosen, Func<TrainedArm, UsageException?> lackOf, Func<Embedder, T> work)
    {
        try
        {
            return arms.Use(chosen, arguments.Arm.Device, arm => lackOf(arm) is { } lack ? throw lack
                : DataDisplay.Watch(terminal, "embedded", tell => work(new(arm, arguments.File, tell))));
        }
        catch (InvalidDataException unusable)
        {
            throw new UsageException(unusable.Message);
        }
    }

    void Tell(EmbeddingFile file, string what)
    {
        terminal.Output.WriteLine(
            $"{file.Path}: {Figures.Count(file.Rows)} x {Figures.Count(file.Columns)}, {what}");
        terminal.Output.WriteLine($"{file.Table}: which row is which");
    }

    static string Name(ChosenArm chosen) => $"{chosen.Arm}, seed {chosen.Seed}";

    static UsageException WithoutSpace(ChosenArm chosen) => new($"--arm {chosen.Arm}: this arm has no [space], in "
        + "which an image would be a vector: give --features for the features of its backbone");
}
