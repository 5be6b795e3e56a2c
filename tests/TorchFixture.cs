using System.Runtime.CompilerServices;
using Rils.Engine.Native;

namespace Rils.Tests;

static class TorchFixture
{
    [ModuleInitializer]
    internal static void Load() => NativeTorch.Load();
}
