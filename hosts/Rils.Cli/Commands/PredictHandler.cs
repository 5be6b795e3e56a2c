using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Contract;
using Rils.Engine.Datasets;
using Rils.Engine.Trained;
using Rils.Files;

namespace Rils.Cli.Commands;

/// <param name="Arm">The trained arm.</param>
/// <param name="Images">The paths of the images.</param>
/// <param name="Texts">The texts to choose from.</param>
/// <param name="Templates">The sentences into which each text goes.</param>
/// <param name="Top">The most texts for an image.</param>
/// <param name="AsJson">Whether to print JSON.</param>
sealed record PredictArguments(GivenArm Arm, IReadOnlyList<string> Images, IReadOnlyList<string> Texts,
    IReadOnlyList<string> Templates, int Top, bool AsJson) : CommandArguments;

/// <summary>Prints the texts that fit each image best.</summary>
sealed class PredictHandler(PredictArguments arguments, TrainedArms arms, Terminal terminal) : ICommandHandler
{
    /// <summary>An image file.</summary>
    /// <param name="Path">The path as the user gives it.</param>
    /// <param name="Pixels">The decoded image; null for a file that is none.</param>
    /// <param name="Fault">Why the file cannot be used; null where it can.</param>
    sealed record Decoded(string Path, byte[]? Pixels, string? Fault);

    public static void AddTo(IServiceCollection services) => services.AddSingleton<TrainedArms>();

    public int Run(CancellationToken stopping)
    {
        var chosen = TrainedArms.Choose(arguments.Arm);
        var (predicted, faults) = arms.Use(chosen, arguments.Arm.Device, arm => arm.EmbedsTexts
            ? DataDisplay.Watch(terminal, "predicted", tell => Predict(arm, tell))
            : throw arms.WithoutTexts(chosen));
        if (arguments.AsJson) terminal.Output.Write(RunJson.Write(predicted));
        else if (predicted.Count > 0) Draw(predicted);
        foreach (var fault in faults) terminal.Error.WriteLine($"error: {fault}");
        return faults.Count > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    (IReadOnlyList<Predicted> Predicted, IReadOnlyList<string> Faults) Predict(
        TrainedArm arm, Action<DataProgress> tell)
    {
        var (predicted, faults, done) = (new List<Predicted>(), new List<string>(), 0);
        var classifier = new Classifier(arm, arguments.Texts, arguments.Templates);
        foreach (var batch in arguments.Images.Chunk(arm.Batch))
        {
            Decoded[] all = [.. batch.AsParallel().AsOrdered().Select(path => Decode(arm, path))];
            faults.AddRange(all.Select(image => image.Fault).OfType<string>());
            Decoded[] good = [.. all.Where(image => image.Pixels is not null)];
            if (good.Length > 0)
                predicted.AddRange(good.Zip(classifier.Score([.. good.Select(image => image.Pixels!)]))
                    .SelectMany(pair => pair.Second.Take(arguments.Top).Select(score =>
                        new Predicted(pair.First.Path, score.Text, score.Probability, score.Cosine))));
            tell(new(done += batch.Length, arguments.Images.Count, 0));
        }
        return (predicted, faults);
    }

    static Decoded Decode(TrainedArm arm, string path)
    {
        try
        {
            return new(path, arm.Decode(File.ReadAllBytes(path)), null);
        }
        catch (Exception wrong) when (wrong is SampleException or IOException or UnauthorizedAccessException)
        {
            return new(path, null, $"{path}: {wrong.Message}");
        }
    }

    void Draw(IReadOnlyList<Predicted> predicted)
    {
        var table = Tables.New(terminal.IsPlain, "image", "text", "probability", "cosine");
        foreach (var image in predicted.GroupBy(line => line.Image))
            foreach (var (place, line) in image.Index())
                table.Add(place == 0 ? line.Image : "", line.Text, Figure(line.Probability), Figure(line.Cosine));
        terminal.Write(table);
    }

    static string Figure(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
