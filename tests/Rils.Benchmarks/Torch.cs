using System.Runtime.CompilerServices;
using Rils.Engine.Native;

namespace Rils.Benchmarks;

static class Torch
{
    // In every process that BenchmarkDotNet starts, before a benchmark's class touches TorchSharp.
    [ModuleInitializer]
    internal static void Load() => NativeTorch.Load();
}
