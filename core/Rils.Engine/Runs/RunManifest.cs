using System.Runtime.InteropServices;
using Rils.Engine.Checkpoints;
using Rils.Engine.Loading;
using Rils.Engine.Native;
using Rils.Engine.Plugins;
using Rils.Engine.Training;
using TorchSharp;

namespace Rils.Engine.Runs;

/// <summary>By what a run was done.</summary>
/// <param name="Started">When, in UTC.</param>
/// <param name="Rils">Version of the engine.</param>
/// <param name="Device">The device of the arms.</param>
/// <param name="Precision">What the models computed in: <c>bf16</c> or <c>fp32</c>.</param>
/// <param name="Machine">Processor, cores, memory, operating system.</param>
/// <param name="Libraries">Versions of what computes.</param>
/// <param name="Plugins">Name, version and SHA-256 of every plugin that was loaded.</param>
/// <param name="Taken">SHA-256 of the files outside this run that arms take weights from, by path; null in runs of before there were such.</param>
public sealed record RunManifest(
    DateTimeOffset Started, string Rils, string Device, string Precision, IReadOnlyDictionary<string, string> Machine,
    IReadOnlyDictionary<string, string> Libraries, IReadOnlyList<PluginInfo> Plugins, IReadOnlyDictionary<string, string>? Taken = null)
{
    /// <summary>Describes this machine and process.</summary>
    public static RunManifest Of(Experiment experiment, PluginSet plugins, string device) => new(
        DateTimeOffset.UtcNow, VersionOf(typeof(RunManifest)), device, experiment.Settings.PrecisionOn(device).ToString().ToLowerInvariant(),
        new Dictionary<string, string>
        {
            ["processor"] = Processor(),
            ["cores"] = $"{Environment.ProcessorCount}",
            ["threads"] = $"{torch.get_num_threads()}",
            ["memory_gib"] = $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30):0.0}",
            ["os"] = RuntimeInformation.OSDescription,
        },
        new Dictionary<string, string>
        {
            ["dotnet"] = RuntimeInformation.FrameworkDescription,
            ["torchsharp"] = VersionOf(typeof(torch)),
            ["libtorch"] = NativeTorch.Version,
        },
        plugins.Plugins, experiment.TakenFiles().ToDictionary(file => file, Checkpoint.Hash));

    static string VersionOf(Type type) => type.Assembly.GetName().Version?.ToString(3) ?? "unknown";

    static string Processor()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var line = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
