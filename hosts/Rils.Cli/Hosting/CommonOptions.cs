using System.CommandLine;

namespace Rils.Cli.Hosting;

/// <summary>What several commands take.</summary>
static class CommonOptions
{
    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Log more, and show stack traces.",
        Recursive = true,
    };

    public static Argument<string> File() => File<string>("The experiment, a TOML file.", ArgumentArity.ExactlyOne);

    /// <summary>For a command that can find the file by itself.</summary>
    public static Argument<string?> OptionalFile(string otherwise) => File<string?>($"The experiment, a TOML file. {otherwise}", ArgumentArity.ZeroOrOne);

    static Argument<T> File<T>(string description, ArgumentArity arity) where T : class?
    {
        Argument<T> file = new("FILE") { Description = description, Arity = arity };
        // Otherwise a mistyped option would be taken for the file.
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] mistyped }, ..]) result.AddError($"Unrecognized option '{mistyped}'.");
        });
        return file.OfPath();
    }

    public static Option<string[]> Set() => new("--set")
    {
        HelpName = "key=value",
        Description = "Overrides a key of the file; may be given several times. An arm's own: --set arm.NAME.masking.ratio=0.6.",
        DefaultValueFactory = _ => [],
    };

    public static Option<string> Device() => new("--device")
    {
        HelpName = "cpu|cuda[:N]",
        Description = "Where the arms are trained.",
        DefaultValueFactory = _ => "cpu",
    };

    public static Option<string?> Libtorch() => new Option<string?>("--libtorch")
    {
        HelpName = "DIR",
        Description = "The torch/lib folder of an installed PyTorch, to use its libtorch. [default: RILS_LIBTORCH, else rils' own]",
    }.OfPath();

    public static Option<string[]> Plugins() => new Option<string[]>("--plugins")
    {
        HelpName = "DIR",
        Description = "A folder of further plugins, or of one; may be given several times.",
        DefaultValueFactory = _ => [],
    }.OfPaths();
}
