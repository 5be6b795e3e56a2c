using System.CommandLine;

namespace Rils.Cli.Hosting;

/// <summary>The options and arguments that several commands share.</summary>
static class CommonOptions
{
    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Log more, and show stack traces.",
        Recursive = true,
    };

    public static Argument<string> File() => File<string>("The experiment, a TOML file.", ArgumentArity.ExactlyOne);

    /// <summary>The file of a command that can find the experiment by itself.</summary>
    public static Argument<string?> OptionalFile(string otherwise) =>
        File<string?>($"The experiment, a TOML file. {otherwise}", ArgumentArity.ZeroOrOne);

    static Argument<T> File<T>(string description, ArgumentArity arity) where T : class?
    {
        Argument<T> file = new("FILE") { Description = description, Arity = arity };
        // Without this check the parser takes a mistyped option for the file.
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] mistyped }, ..])
                result.AddError($"Unrecognized option '{mistyped}'.");
        });
        return file.OfPath();
    }

    public static Option<string[]> Set() => new("--set")
    {
        HelpName = "key=value",
        Description = "Overrides a key of the file; may be given several times. "
            + "A key of one arm: --set arm.NAME.masking.ratio=0.6.",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The kind of source of data that a command line names.</summary>
    public static Option<string?> Kind() => new("--kind")
    {
        HelpName = "KIND",
        Description = "The kind of source: folder, table, webdataset, any kind of [data]. "
            + "[default: what the names of the files say]",
    };

    /// <summary>The options of that kind.</summary>
    public static Option<string[]> SetOfData() => new("--set")
    {
        HelpName = "key=value",
        Description = "An option of the kind, as in [data]: --set encoding=latin-1; may be given several times.",
        DefaultValueFactory = _ => [],
    };

    public static Option<string> Device() => new("--device")
    {
        HelpName = "cpu|cuda[:N]",
        Description = "The device of the arms that name none.",
        DefaultValueFactory = _ => "cpu",
    };

    public static Option<string?> Libtorch() => new Option<string?>("--libtorch")
    {
        HelpName = "DIR",
        Description = "The torch/lib folder of an installed PyTorch, whose libtorch rils loads. "
            + "[default: RILS_LIBTORCH, else rils' own]",
    }.OfPath();

    public static Option<string[]> Plugins() => new Option<string[]>("--plugins")
    {
        HelpName = "DIR",
        Description = "A folder of further plugins, or of one further plugin; may be given several times.",
        DefaultValueFactory = _ => [],
    }.OfPaths();
}
