using System.Globalization;
using System.Runtime.InteropServices;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Native;
using TorchSharp;

namespace Rils.Engine.Execution;

/// <summary>Describes the machine and the libraries that compute: a run can go on elsewhere, but not to the bits of an
/// uninterrupted run.</summary>
static class RunMachine
{
    /// <summary>Environment variables by which libtorch and the libraries below it choose their arithmetic.</summary>
    static readonly string[] Variables =
    [
        "ATEN_CPU_CAPABILITY", "CUBLAS_WORKSPACE_CONFIG", "DNNL_DEFAULT_FPMATH_MODE", "DNNL_MAX_CPU_ISA", "MKL_CBWR",
            "MKL_DEBUG_CPU_TYPE", "MKL_DYNAMIC", "MKL_ENABLE_INSTRUCTIONS",
        "MKL_NUM_THREADS", "NVIDIA_TF32_OVERRIDE", "OMP_DYNAMIC", "ONEDNN_DEFAULT_FPMATH_MODE", "ONEDNN_MAX_CPU_ISA",
            "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE",
    ];

    /// <summary>Families of instructions that the libraries below libtorch choose among by themselves.</summary>
    static readonly string[] Families = ["amx", "avx", "fma", "f16c", "sse4"];

    /// <summary>Describes the processor, its instructions, cores, threads, memory in GiB, operating system, GPUs, and
    /// the environment variables that are set.</summary>
    /// <param name="devices">The devices of the arms: <c>cpu</c>, <c>cuda:0</c>, <c>cuda:0, cuda:1</c>.</param>
    public static IReadOnlyDictionary<string, string> Machine(string devices)
    {
        var processor = Processor();
        var machine = new Dictionary<string, string>
        {
            ["processor"] = processor.GetValueOrDefault("model name")
                ?? RuntimeInformation.ProcessArchitecture.ToString(),
            ["processor_id"] = string.Join(", ", from key in (string[])["vendor_id", "cpu family", "model", "stepping"]
                where processor.ContainsKey(key) select $"{key} {processor[key]}"),
            ["instructions"] = string.Join(' ', processor.GetValueOrDefault("flags", "").Split(' ')
                .Where(flag => Families.Any(flag.StartsWith)).Order(StringComparer.Ordinal)),
            ["libtorch_instructions"] = CpuCapability.Name,
            ["instruction_set"] = $"{Instructions.Current}",
            ["cores"] = $"{Environment.ProcessorCount}",
            ["threads"] = $"{OpenMp.MachineThreads}",
            ["memory_gib"] = (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30))
                .ToString("0.0", CultureInfo.InvariantCulture),
            ["os"] = RuntimeInformation.OSDescription,
        };
        var gpus = string.Join(", ", ArmDevices.Each(devices).Select(GpuDriver.Name).OfType<string>().Distinct());
        if (gpus.Length > 0) machine["gpu"] = gpus;
        foreach (var name in Variables)
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value) machine[name] = value;
        return machine;
    }

    /// <summary>The versions of the libraries that compute.</summary>
    public static IReadOnlyDictionary<string, string> Libraries() => new Dictionary<string, string>
    {
        ["dotnet"] = RuntimeInformation.FrameworkDescription,
        ["torchsharp"] = VersionOf(typeof(torch)),
        ["libtorch"] = NativeTorch.Version,
    };

    public static string VersionOf(Type type) => type.Assembly.GetName().Version?.ToString(3) ?? "unknown";

    /// <summary>Linux's description of the first processor; empty on other operating systems.</summary>
    static Dictionary<string, string> Processor()
    {
        const string CpuInfo = "/proc/cpuinfo";
        if (!File.Exists(CpuInfo)) return [];
        return File.ReadLines(CpuInfo).TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2)
            .DistinctBy(parts => parts[0].Trim()).ToDictionary(parts => parts[0].Trim(), parts => parts[1].Trim());
    }
}
