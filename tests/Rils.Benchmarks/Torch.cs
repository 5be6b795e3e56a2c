using System.Runtime.CompilerServices;
using Rils.Engine.Native;

namespace Rils.Benchmarks;

static class Torch
{
    // Before anything here touches TorchSharp.
    [ModuleInitializer]
    internal static void Load() => NativeTorch.Load();
}
