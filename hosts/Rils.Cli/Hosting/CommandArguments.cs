namespace Rils.Cli.Hosting;

/// <summary>What a command line says, read before anything is loaded.</summary>
abstract record CommandArguments
{
    /// <summary>Folders of plugins beside the host's own.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>The folder that <c>--libtorch</c> names; null without it.</summary>
    public string? Libtorch { get; init; }
}
