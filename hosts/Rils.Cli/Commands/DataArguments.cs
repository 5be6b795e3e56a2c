using System.CommandLine;
using System.CommandLine.Parsing;
using Rils.Cli.Hosting;
using Rils.Engine.Datasets;

namespace Rils.Cli.Commands;

/// <summary>The arguments by which a command names data.</summary>
sealed class DataArguments
{
    readonly Argument<string[]> from;
    readonly Option<string?> kind = CommonOptions.Kind();
    readonly Option<string[]> set = CommonOptions.SetOfData();
    readonly Option<string[]> plugins = CommonOptions.Plugins();

    public DataArguments(string name)
    {
        from = new Argument<string[]>(name)
        {
            Description = "The data: a folder of images or of shards, or files; *, ? and {000..127} as in an "
                + "experiment.",
            Arity = ArgumentArity.OneOrMore,
        }.OfPaths();
        from.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { Value: var mistyped })
                result.AddError($"Unrecognized option '{mistyped}'.");
        });
    }

    /// <summary>Adds the arguments to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(from);
        foreach (var option in (Option[])[kind, set, plugins]) command.Options.Add(option);
    }

    /// <summary>The data that a command line names.</summary>
    public GivenData Data(ParseResult parsed) =>
        new(parsed.GetValue(from)!, parsed.GetValue(kind), parsed.GetValue(set)!);

    /// <summary>The folders of further plugins.</summary>
    public IReadOnlyList<string> Plugins(ParseResult parsed) => parsed.GetValue(plugins)!;
}
