using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Rils.Cli.Commands;

/// <summary>The usual help text, with examples at its end.</summary>
sealed class ExamplesHelp(HelpAction usual) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not IHasExamples { Examples: var examples }) return code;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in examples) output.WriteLine($"  {example}");
        return code;
    }

    // Help is wanted even where the rest of the line is incomplete.
    public override bool ClearsParseErrors => true;
}
