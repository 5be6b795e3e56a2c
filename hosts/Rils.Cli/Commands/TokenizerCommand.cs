using System.CommandLine;

namespace Rils.Cli.Commands;

/// <summary><c>rils tokenizer</c>: the commands for tokenizers.</summary>
sealed class TokenizerCommand : Command, IHasExamples
{
    public TokenizerCommand() : base("tokenizer", "Learns vocabularies. See docs/data.md.") =>
        Subcommands.Add(new TokenizerLearnCommand());

    public IReadOnlyList<string> Examples { get; } =
        ["rils tokenizer learn 'my-data/train-*.tar' --size 8192 --to bpe-8192.txt"];
}
