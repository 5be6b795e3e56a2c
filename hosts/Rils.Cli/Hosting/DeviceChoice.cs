using Rils.Cli.Exits;
using Rils.Engine.Native;

namespace Rils.Cli.Hosting;

/// <summary>Checks <c>--device</c>.</summary>
static class DeviceChoice
{
    /// <summary>Gives the engine's name of a device: <c>cpu</c>, <c>cuda:0</c>. libtorch must be loaded.</summary>
    /// <param name="given">The device as the user names it.</param>
    /// <exception cref="UsageException">This machine has no such device.</exception>
    public static string Of(string given)
    {
        if (TorchDevices.NameOf(given) is not { } device)
            throw new UsageException($"--device {given}: there is no such device; give {TorchDevices.Forms}");
        return TorchDevices.LackOf(device) is not { } lack ? device
            : throw new UsageException($"--device {given}: {lack}. Leave --device out to train on the CPU");
    }
}
