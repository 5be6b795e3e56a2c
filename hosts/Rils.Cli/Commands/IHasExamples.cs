namespace Rils.Cli.Commands;

/// <summary>A command whose help text ends with examples.</summary>
interface IHasExamples
{
    /// <summary>Whole command lines.</summary>
    IReadOnlyList<string> Examples { get; }
}
