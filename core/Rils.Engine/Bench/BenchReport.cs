using Rils.Files;

namespace Rils.Engine.Bench;

/// <summary>What a benchmark found. Its JSON has these names in snake_case, with the units at their ends.</summary>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Device">The device of the arms.</param>
/// <param name="Dtype">Of the arithmetic.</param>
/// <param name="Machine">Processor, cores, threads, operating system.</param>
/// <param name="Libraries">Versions of what computes.</param>
/// <param name="WarmupSteps">Steps before the measured ones.</param>
/// <param name="Steps">Steps that were measured.</param>
/// <param name="Batch">Samples of a step.</param>
/// <param name="IsSynchronised">Whether the device was waited for after each system, which a run does not do.</param>
/// <param name="StartToFirstStepS">Seconds from the start of the process to the end of the first step.</param>
/// <param name="StepMs">Milliseconds of a step of all arms, waiting included, the median.</param>
/// <param name="SamplesPerS">Samples per second that all arms are trained on.</param>
/// <param name="FlopsPerSample">Floating-point operations of all arms, forward and backward, as they ran.</param>
/// <param name="FlopsPerS">The same by the time of a step, the median.</param>
/// <param name="PeakFlopsPerS">What the machine reaches in products of square matrices of that dtype between the steps, the median.</param>
/// <param name="PeakMatrixSide">Rows and columns of these matrices.</param>
/// <param name="Utilisation">FlopsPerS by PeakFlopsPerS.</param>
/// <param name="Arms">Each arm by itself.</param>
/// <param name="HostLane">Loading, for all arms.</param>
/// <param name="DeviceLane">Training.</param>
/// <param name="Loader">Loading alone.</param>
/// <param name="Memory">Bytes.</param>
public sealed record BenchReport(
    string Experiment, string Device, string Dtype, IReadOnlyDictionary<string, string> Machine, IReadOnlyDictionary<string, string> Libraries,
    int WarmupSteps, int Steps, int Batch, bool IsSynchronised, double StartToFirstStepS, double StepMs, double SamplesPerS,
    double FlopsPerSample, double FlopsPerS, double PeakFlopsPerS, int PeakMatrixSide, double Utilisation,
    IReadOnlyList<ArmBench> Arms, LaneBench HostLane, LaneBench DeviceLane, LoaderBench Loader, MemoryBench Memory)
{
    /// <summary>Writes it as JSON, whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => DurableFile.WriteText(path, RunJson.Write(this));
}
