using System.CommandLine;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Datasets.Packing;

namespace Rils.Cli.Commands;

/// <summary><c>rils data pack</c>: writes the samples of any source as WebDataset shards.</summary>
sealed class DataPackCommand : Command, IHasExamples
{
    readonly DataArguments data = new("FROM");
    readonly Option<string?> to = new Option<string?>("--to")
    {
        HelpName = "DIR",
        Description = "The folder for the shards: a new one, an empty one, or one that this command has begun.",
        Required = true,
    }.OfPath();
    readonly Option<string> size = new("--size")
    {
        HelpName = "BYTES",
        Description = "The most bytes of a shard: 500MB, 1GB.",
        DefaultValueFactory = _ => "256MB",
    };
    readonly Option<double> val = new("--val")
    {
        HelpName = "SHARE",
        Description = "The share of the samples for validation shards: 0.1. The key of a sample decides where it goes.",
    };

    public DataPackCommand() : base("pack",
        "Packs data into WebDataset shards (train-00000.tar, ...), which train fastest. The same data gives the same "
        + "bytes; the same command goes on with what was interrupted.")
    {
        data.AddTo(this);
        foreach (var option in (Option[])[to, size, val]) Options.Add(option);
        val.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and < 1))
                result.AddError("--val is a share of the samples, at least 0 and below 1, as in --val 0.1");
        });
        SetAction(parsed => CommandHost.Run<DataPackHandler>(parsed, () => new DataPackArguments(data.Data(parsed),
            parsed.GetValue(to)!, new(Size(parsed.GetValue(size)!), parsed.GetValue(val)))
        {
            Plugins = data.Plugins(parsed),
        }));
    }

    static long Size(string text) => ByteSize.Read(text) is { } bytes ? bytes
        : throw new UsageException($"--size {text}: this is no size of a file: write 256MB, 1GB or a number of bytes");

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils data pack my-images --to my-data --val 0.1",
        "rils data pack captions.csv --to my-data --set caption_column=title",
        "rils data pack 'shards/{000..127}.tar' --to larger --size 1GB",
    ];
}
