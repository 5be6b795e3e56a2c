using System.CommandLine;
using System.CommandLine.Invocation;
using Rils.Cli.Commands;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;

namespace Rils.Cli;

/// <summary>Runs the command line and returns an exit code.</summary>
static class Application
{
    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The words that follow <c>rils</c>.</param>
    /// <param name="standardOutput">Takes results.</param>
    /// <param name="standardError">Takes errors and the log.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter standardOutput, TextWriter standardError)
    {
        using PrintableWriter output = new(standardOutput), error = new(standardError);
        if (Surroundings.Lack() is { } lack)
        {
            error.WriteLine(lack);
            return ExitCode.WrongInput;
        }
        if (arguments is ["help", ..]) arguments = [.. arguments.Skip(1), "--help"];
        // An argument that begins with @ stands for itself: rils reads no response files.
        var parsed = new RilsCommand().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var invocation = new InvocationConfiguration
        {
            Output = output, Error = error, EnableDefaultExceptionHandler = false,
        };
        // An unknown command comes before --help, since it has no help.
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

    /// <summary>Invokes the command. A command reports its own failures; this method reports any other
    /// exception.</summary>
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

    static string Names(Command command) => command is RootCommand ? "rils"
        : $"{Names(command.Parents.OfType<Command>().First())} {command.Name}";
}
