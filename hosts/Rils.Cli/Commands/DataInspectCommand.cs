using System.CommandLine;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils data inspect</c>: shows what data holds.</summary>
sealed class DataInspectCommand : Command, IHasExamples
{
    readonly DataArguments data = new("FROM");
    readonly Option<string?> html = new Option<string?>("--html")
    {
        HelpName = "PAGE",
        Description = "An HTML file for the tables and a contact sheet, which opens offline; rils replaces an existing "
            + "file.",
    }.OfPath();
    readonly Option<int> thumbnails = new("--thumbnails")
    {
        HelpName = "N",
        Description = "The number of pictures on the contact sheet.",
        DefaultValueFactory = _ => 60,
    };

    public DataInspectCommand() : base("inspect",
        "Reads all samples and shows what they hold: counts, sizes, captions, classes, duplicates.")
    {
        data.AddTo(this);
        Options.Add(html);
        Options.Add(thumbnails);
        thumbnails.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 10_000)
                result.AddError("--thumbnails must be from 0 to 10000");
        });
        SetAction(parsed => CommandHost.Run<DataInspectHandler>(parsed, () => new DataInspectArguments(
            data.Data(parsed), parsed.GetValue(html) is { } path ? OutputFile.Of("--html", path) : null,
            parsed.GetValue(thumbnails))
        {
            Plugins = data.Plugins(parsed),
        }));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils data inspect my-images",
        "rils data inspect 'my-data/train-*.tar' --html train.html",
        "rils data inspect captions.tsv --set caption_column=title --thumbnails 200 --html page.html",
    ];
}
