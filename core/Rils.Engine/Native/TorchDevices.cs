using System.Globalization;
using System.Text.RegularExpressions;
using TorchSharp;

namespace Rils.Engine.Native;

/// <summary>The devices that libtorch computes on, by name: <c>cpu</c>, <c>cuda:0</c>.</summary>
public static partial class TorchDevices
{
    /// <summary>How people may write a device, for messages.</summary>
    public const string Forms = "cpu, cuda or cuda:N";

    const string Needs = "CUDA is not available here: it needs an NVIDIA GPU with its driver, "
        + "and rils built with -p:Accelerator=cuda or given a PyTorch for CUDA by --libtorch";

    /// <summary>The devices of this machine. libtorch must be loaded.</summary>
    public static IReadOnlyList<string> Here =>
        ["cpu", .. Enumerable.Range(0, torch.cuda.is_available() ? torch.cuda.device_count() : 0)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"cuda:{number}"))];

    /// <summary>The device that somebody means, as the engine writes it: <c>cuda:0</c> for <c>cuda</c>. Null for what
    /// no machine has.</summary>
    /// <param name="given">As it was written.</param>
    public static string? NameOf(string given)
    {
        if (given == "cpu") return given;
        if (Cuda().Match(given) is not { Success: true } match) return null;
        var number = match.Groups[1].Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        return string.Create(CultureInfo.InvariantCulture, $"cuda:{number}");
    }

    /// <summary>Why this machine cannot compute on a device, and what it has; null where it can. libtorch must be
    /// loaded.</summary>
    /// <param name="device">As <see cref="NameOf"/> gives it.</param>
    public static string? LackOf(string device)
    {
        var here = Here;
        if (here.Contains(device)) return null;
        return $"{(here.Count == 1 ? $"{Needs}. This" : "this")} machine has {string.Join(", ", here)}";
    }

    [GeneratedRegex(@"^cuda(?::([0-9]{1,4}))?\z")]
    private static partial Regex Cuda();
}
