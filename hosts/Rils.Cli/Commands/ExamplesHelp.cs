using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Rils.Cli.Commands;

/// <summary>Prints the usual help text, then the command's examples.</summary>
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

    // The user gets help even where the rest of the command line is incomplete.
    public override bool ClearsParseErrors => true;
}
