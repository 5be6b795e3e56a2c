using Rils.Cli.Rendering;
using Rils.Engine.Native;

namespace Rils.Cli.Hosting;

/// <summary>Loads the libtorch of this process before the plugins: the first plugin that touches TorchSharp would
/// otherwise make TorchSharp look for its libraries by itself.</summary>
/// <param name="folder">The folder that <c>--libtorch</c> names; null without it.</param>
/// <param name="terminal">Takes warnings.</param>
sealed class Libtorch(string? folder, Terminal terminal)
{
    /// <summary>Loads the libraries and prints the warnings about them.</summary>
    /// <exception cref="LibtorchException">A library is missing or refuses to load.</exception>
    public void Load()
    {
        NativeTorch.Load(folder);
        foreach (var warning in NativeTorch.Warnings) terminal.Error.WriteLine($"warning: {warning}");
    }
}
