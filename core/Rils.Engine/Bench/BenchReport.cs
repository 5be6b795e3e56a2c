using Rils.Files;

namespace Rils.Engine.Bench;

/// <summary>The results of a benchmark. The JSON has these names in snake_case, with the units at their ends.</summary>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Device">The device of the arms.</param>
/// <param name="Dtype">The dtype of the arithmetic.</param>
/// <param name="Machine">Processor, cores, threads, operating system.</param>
/// <param name="Libraries">The versions of the libraries that compute.</param>
/// <param name="WarmupSteps">The number of steps before the measured ones.</param>
/// <param name="Steps">The number of measured steps.</param>
/// <param name="Batch">Samples per step.</param>
/// <param name="IsSynchronised">Whether the benchmark waited for the device after each system, which a run does not
/// do.</param>
/// <param name="StartToFirstStepS">Seconds from the start of the process to the end of the first step.</param>
/// <param name="StepMs">Milliseconds of a step of all arms, with waiting, the median over the steps.</param>
/// <param name="SamplesPerS">Samples per second, on which all arms train.</param>
/// <param name="FlopsPerSample">Floating-point operations of all arms, forward and backward, as they ran.</param>
/// <param name="FlopsPerS">Floating-point operations per second, by the time of a step, the median over the
/// steps.</param>
/// <param name="PeakFlopsPerS">Floating-point operations per second in products of square matrices of the same dtype
/// between the steps, the median.</param>
/// <param name="PeakMatrixSide">Rows and columns of these matrices.</param>
/// <param name="Utilisation"><paramref name="FlopsPerS"/> divided by <paramref name="PeakFlopsPerS"/>.</param>
/// <param name="Arms">The figures of each arm.</param>
/// <param name="HostLane">The times of loading, for all arms.</param>
/// <param name="DeviceLane">The times of training.</param>
/// <param name="Loader">The speed of loading alone.</param>
/// <param name="Memory">The memory, in bytes.</param>
public sealed record BenchReport(
    string Experiment, string Device, string Dtype, IReadOnlyDictionary<string, string> Machine,
    IReadOnlyDictionary<string, string> Libraries, int WarmupSteps, int Steps, int Batch, bool IsSynchronised,
    double StartToFirstStepS, double StepMs, double SamplesPerS, double FlopsPerSample, double FlopsPerS,
    double PeakFlopsPerS, int PeakMatrixSide, double Utilisation, IReadOnlyList<ArmBench> Arms, LaneBench HostLane,
    LaneBench DeviceLane, LoaderBench Loader, MemoryBench Memory)
{
    /// <summary>Writes the report as JSON, whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => DurableFile.WriteText(path, RunJson.Write(this));
}
