namespace Rils.Cli.Hosting;

/// <summary>The arguments of a command, read before the host loads anything.</summary>
abstract record CommandArguments
{
    /// <summary>The folders of plugins, in addition to the host's own.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>The folder that <c>--libtorch</c> names; null without it.</summary>
    public string? Libtorch { get; init; }
}
