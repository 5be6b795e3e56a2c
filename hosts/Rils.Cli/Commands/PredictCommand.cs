using System.CommandLine;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Engine.Trained;

namespace Rils.Cli.Commands;

/// <summary><c>rils predict</c>: names the texts that fit images best.</summary>
sealed class PredictCommand : Command, IHasExamples
{
    readonly ArmArguments arm = new();
    readonly Argument<string[]> images = new Argument<string[]>("IMAGE")
    {
        Description = "The images, before --texts: files, folders of images, patterns with * and ?.",
        Arity = ArgumentArity.OneOrMore,
    }.OfPaths();
    readonly Option<string[]> texts = new("--texts")
    {
        HelpName = "TEXT",
        Description = "The texts to choose from, at least two.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };
    readonly Option<string?> file = new Option<string?>("--texts-file")
    {
        HelpName = "FILE",
        Description = "A text file with further texts, one each line.",
    }.OfPath();
    readonly Option<string[]> templates = new("--template")
    {
        HelpName = "\"a photo of {}\"",
        Description = "A sentence into which each text goes; may be given several times: a text is the mean of its "
            + "sentences. [default: the text alone]",
        DefaultValueFactory = _ => [],
    };
    readonly Option<int> top = new("--top")
    {
        HelpName = "N",
        Description = "The most texts that are shown for an image.",
        DefaultValueFactory = _ => 5,
    };
    readonly Option<bool> json = new("--json")
    {
        Description = "Prints JSON: a list of image, text, probability and cosine.",
    };

    public PredictCommand() : base("predict",
        "Says which of some texts fit images best, by a trained arm that embeds both; nothing is trained. A "
        + "probability is the share of a text among all the texts given, and says nothing of others.")
    {
        arm.AddRunTo(this);
        Arguments.Add(images);
        foreach (var option in (Option[])[texts, file, templates, top, json]) Options.Add(option);
        arm.AddOptionsTo(this);
        Validators.Add(result =>
        {
            var words = result.GetValue(images)!.Concat(result.GetValue(texts)!);
            if (words.FirstOrDefault(word => word.StartsWith('-')) is { } mistyped)
                result.AddError($"Unrecognized option '{mistyped}'.");
            else if (result.GetValue(templates)!.FirstOrDefault(IsWithoutPlace) is { } wrong)
                result.AddError($"--template \"{wrong}\" has no {Classifier.Place} for the text, "
                    + $"as in --template \"a photo of {Classifier.Place}\"");
        });
        top.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--top is a number of texts, at least 1, as in --top 5");
        });
        SetAction(parsed => CommandHost.Run<PredictHandler>(parsed, () => Read(parsed)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils predict runs/quickstart-20260101-120000 boat.png --arm clip --texts \"a boat\" \"a dog\" \"a house\"",
        "rils predict runs/quickstart-20260101-120000 photos --arm clip --texts-file classes.txt "
            + "--template \"a picture of {}\" --json",
    ];

    static bool IsWithoutPlace(string template) => !template.Contains(Classifier.Place, StringComparison.Ordinal);

    PredictArguments Read(ParseResult parsed)
    {
        IReadOnlyList<string> all = [.. parsed.GetValue(texts)!,
            .. parsed.GetValue(file) is { } path ? TextLines.Read("--texts-file", path) : []];
        if (all.Count < 2)
            throw new UsageException("--texts: give at least two texts to choose from, "
                + "as in --texts \"a boat\" \"a dog\", or a file of them by --texts-file");
        if (all.FirstOrDefault(string.IsNullOrWhiteSpace) is { } blank)
            throw new UsageException($"--texts \"{blank}\": a text is blank");
        if (all.CountBy(text => text).FirstOrDefault(found => found.Value > 1) is { Key: { } twice })
            throw new UsageException($"--texts \"{twice}\": this text is there twice, and would share its probability");
        return new(arm.Arm(parsed), ImagePaths.Find(parsed.GetValue(images)!), all,
            parsed.GetValue(templates) is { Length: > 0 } given ? given : [Classifier.Place], parsed.GetValue(top),
            parsed.GetValue(json))
        {
            Plugins = arm.Plugins(parsed),
            Libtorch = arm.Libtorch(parsed),
        };
    }
}
