using System.CommandLine;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils embed</c>: writes what a trained arm makes of images or texts as a NumPy file.</summary>
sealed class EmbedCommand : Command, IHasExamples
{
    const string Extension = ".npy";

    readonly ArmArguments arm = new();
    readonly Option<string[]> data = new Option<string[]>("--data")
    {
        HelpName = "PATH",
        Description = "The images: a folder of images or of shards, or files; *, ? and {000..127} as in an "
            + "experiment; several are allowed.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    }.OfPaths();
    readonly Option<string?> texts = new Option<string?>("--texts")
    {
        HelpName = "FILE",
        Description = "In place of --data: a text file, each line of which is embedded.",
    }.OfPath();
    readonly Option<string?> output = new Option<string?>("--out")
    {
        HelpName = "X.npy",
        Description = "The file for the vectors; X.csv beside it says which row is which. rils replaces existing "
            + "files.",
        Required = true,
    }.OfPath();
    readonly Option<bool> features = new("--features")
    {
        Description = "Writes the features of the backbone in place of the unit vectors of the shared space.",
    };
    readonly Option<string?> kind = CommonOptions.Kind();
    readonly Option<string[]> set = CommonOptions.SetOfData();

    public EmbedCommand() : base("embed",
        "Writes the vectors that a trained arm makes of images or texts as a NumPy file of 32-bit floats, a row for "
        + "each. Of captions beside the images the vectors go to X-texts.npy, named by X-texts.csv.")
    {
        arm.AddRunTo(this);
        foreach (var option in (Option[])[data, texts, output, features, kind, set]) Options.Add(option);
        arm.AddOptionsTo(this);
        Validators.Add(result =>
        {
            var (images, file) = (result.GetValue(data)!, result.GetValue(texts));
            if (images.FirstOrDefault(path => path.StartsWith('-')) is { } mistyped)
                result.AddError($"Unrecognized option '{mistyped}'.");
            else if (images.Length == 0 == file is null)
                result.AddError("give either --data with images, or --texts with a text file");
            else if (file is not null && (result.GetValue(features) || result.GetResult(kind) is not null
                || result.GetValue(set)!.Length > 0))
                result.AddError("--features, --kind and --set are for images: give --data, or leave them out");
        });
        SetAction(parsed => CommandHost.Run<EmbedHandler>(parsed, () => Read(parsed)));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils embed runs/quickstart-20260101-120000 --arm clip --data my-images --out images.npy",
        "rils embed runs/quickstart-20260101-120000 --arm rils --seed 1 --data 'shards/*.tar' --out val.npy --features",
        "rils embed runs/quickstart-20260101-120000 --arm clip --texts sentences.txt --out sentences.npy",
    ];

    EmbedArguments Read(ParseResult parsed)
    {
        var path = parsed.GetValue(output)!;
        if (!path.EndsWith(Extension, StringComparison.Ordinal))
            throw new UsageException($"--out {path}: the file's name must end in {Extension}, as in --out images.npy");
        return new(arm.Arm(parsed), new(parsed.GetValue(data)!, parsed.GetValue(kind), parsed.GetValue(set)!),
            parsed.GetValue(texts), OutputFile.Of("--out", path), parsed.GetValue(features))
        {
            Plugins = arm.Plugins(parsed),
            Libtorch = arm.Libtorch(parsed),
        };
    }
}
