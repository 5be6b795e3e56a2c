using System.Globalization;
using System.Text.RegularExpressions;
using Rils.Cli.Exits;
using TorchSharp;

namespace Rils.Cli.Hosting;

/// <summary>Checks <c>--device</c>.</summary>
static partial class DeviceChoice
{
    /// <summary>The device as the engine names it: <c>cpu</c>, <c>cuda:0</c>. libtorch must be loaded.</summary>
    /// <exception cref="UsageException">There is no such device here.</exception>
    public static string Of(string given)
    {
        if (given == "cpu") return given;
        var match = Cuda().Match(given);
        if (!match.Success) throw new UsageException($"--device {given}: there is no such device; give cpu, cuda or cuda:N");
        if (!torch.cuda.is_available())
            throw new UsageException($"--device {given}: CUDA is not available here: it needs an NVIDIA GPU with its driver, "
                + "and rils built with -p:Accelerator=cuda or given a PyTorch for CUDA by --libtorch. Leave --device out to train on the CPU");
        var number = match.Groups[1].Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        var count = torch.cuda.device_count();
        return number < count ? $"cuda:{number}" : throw new UsageException($"--device {given}: there are {count} CUDA devices, numbered from 0");
    }

    [GeneratedRegex(@"^cuda(?::([0-9]{1,4}))?\z")]
    private static partial Regex Cuda();
}
