using System.CommandLine;
using System.CommandLine.Invocation;
using Rils.Cli.Commands;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;

namespace Rils.Cli;

/// <summary>From the command line to an exit code.</summary>
static class Application
{
    /// <summary>Runs a command.</summary>
    /// <param name="arguments">What follows <c>rils</c>.</param>
    /// <param name="standardOutput">Takes results.</param>
    /// <param name="standardError">Takes errors and the log.</param>
    public static int Run(IReadOnlyList<string> arguments, TextWriter standardOutput, TextWriter standardError)
    {
        using PrintableWriter output = new(standardOutput), error = new(standardError);
        if (Surroundings.Lack() is { } lack)
        {
            error.WriteLine(lack);
            return ExitCode.WrongInput;
        }
        // An argument that begins with @ is meant as it is: nothing here is read from response files.
        var parsed = new RilsCommand().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        // Before help is given: of a command that is none, there is no help.
        if (parsed is { CommandResult.Command: RilsCommand root, UnmatchedTokens: [var unknown, ..] })
        {
            error.WriteLine(root.Unknown(unknown));
            return ExitCode.WrongInput;
        }
        if (parsed.Action is not ParseErrorAction mistake) return Invoke(parsed, invocation);
        mistake.ShowHelp = arguments.Count == 0;
        parsed.Invoke(invocation);
        if (!mistake.ShowHelp) error.WriteLine($"For help: {Names(parsed.CommandResult.Command)} --help");
        return ExitCode.WrongInput;
    }

    /// <summary>Commands tell what goes wrong in them; this is for what goes wrong around them.</summary>
    static int Invoke(ParseResult parsed, InvocationConfiguration invocation)
    {
        try
        {
            return parsed.Invoke(invocation);
        }
        catch (Exception unforeseen)
        {
            var terminal = Terminal.Of(invocation.Output, invocation.Error);
            return new FailureReport(terminal, parsed.GetValue(CommonOptions.Verbose)).Tell(unforeseen);
        }
    }

    static string Names(Command command) => command is RootCommand ? "rils" : $"rils {command.Name}";
}
