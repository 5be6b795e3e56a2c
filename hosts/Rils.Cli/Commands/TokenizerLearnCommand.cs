using System.CommandLine;
using Rils.Cli.Hosting;

namespace Rils.Cli.Commands;

/// <summary><c>rils tokenizer learn</c>: learns the vocabulary of a tokenizer from captions.</summary>
sealed class TokenizerLearnCommand : Command, IHasExamples
{
    const int MostIds = 1_000_000;

    readonly DataArguments data = new("DATA");
    readonly Option<int> size = new("--size")
    {
        HelpName = "N",
        Description = "The most token ids.",
        Required = true,
    };
    readonly Option<string?> to = new Option<string?>("--to")
    {
        HelpName = "FILE",
        Description = "The vocabulary's file; rils replaces an existing file.",
        Required = true,
    }.OfPath();
    readonly Option<string> tokenizer = new("--tokenizer")
    {
        HelpName = "KIND",
        Description = "The kind of [data.tokenizer] that will read the file.",
        DefaultValueFactory = _ => "bpe",
    };

    public TokenizerLearnCommand() : base("learn",
        "Learns a vocabulary from all captions of the data: the same captions give the same bytes.")
    {
        data.AddTo(this);
        foreach (var option in (Option[])[size, to, tokenizer]) Options.Add(option);
        size.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostIds)
                result.AddError($"--size is a number of token ids, from 1 to {MostIds}, as in --size 8192");
        });
        SetAction(parsed => CommandHost.Run<TokenizerLearnHandler>(parsed, () => new TokenizerLearnArguments(
            data.Data(parsed), parsed.GetValue(tokenizer)!, parsed.GetValue(size), parsed.GetValue(to)!,
            OutputFile.Of("--to", parsed.GetValue(to)!))
        {
            Plugins = data.Plugins(parsed),
        }));
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "rils tokenizer learn 'my-data/train-*.tar' --size 8192 --to bpe-8192.txt",
        "rils tokenizer learn captions.csv --set caption_column=title --size 2048 --to bpe-2048.txt",
    ];
}
