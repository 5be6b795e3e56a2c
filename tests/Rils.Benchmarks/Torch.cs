using System.Runtime.CompilerServices;
using Rils.Engine.Native;

namespace Rils.Benchmarks;

static class Torch
{
    // Loads libtorch before any code of this assembly touches TorchSharp.
    [ModuleInitializer]
    internal static void Load() => NativeTorch.Load();
}
