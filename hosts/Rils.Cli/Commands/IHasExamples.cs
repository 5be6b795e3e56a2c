namespace Rils.Cli.Commands;

/// <summary>A command whose help text ends with examples.</summary>
interface IHasExamples
{
    /// <summary>The examples, each a whole command line.</summary>
    IReadOnlyList<string> Examples { get; }
}
