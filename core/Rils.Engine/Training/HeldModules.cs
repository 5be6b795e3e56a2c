using System.Collections;
using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>The modules whose parameters <see cref="HoldUntrained"/> has moved into flat buffers, which the State of
/// the caller counts.</summary>
sealed class HeldModules : IEnumerable<nn.Module>
{
    readonly List<nn.Module> modules = [];

    public void Add(nn.Module module) => modules.Add(module);

    public IEnumerator<nn.Module> GetEnumerator() => modules.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
