using Rils.Analysis;
using System.Globalization;
using Rils.Engine.Bench;
using Spectre.Console;

namespace Rils.Cli.Rendering;

/// <summary>Writes a benchmark's numbers as tables.</summary>
static class BenchTables
{
    public static void Write(Terminal terminal, BenchReport report)
    {
        foreach (var line in Head(report)) terminal.Output.WriteLine(line);
        terminal.Write(Arms(report, terminal.IsPlain));
        terminal.Output.WriteLine();
        terminal.Write(Systems(report, terminal.IsPlain));
        terminal.Output.WriteLine();
        terminal.Write(Rest(report, terminal.IsPlain));
    }

    static IEnumerable<string> Head(BenchReport report)
    {
        yield return $"{report.Experiment}: {report.Steps} steps of {report.Batch} samples after {report.WarmupSteps} "
            + $"to warm up, on {report.Device}";
        yield return $"{report.Machine["processor"]}, {report.Machine["cores"]} cores, "
            + $"{report.Machine["threads"]} threads, {report.Machine["os"]}, "
            + $"libtorch {report.Libraries["libtorch"]}, {report.Dtype}";
        if (report.IsSynchronised)
            yield return "the benchmark waited for the device after every system, to measure the time of each: "
                + "a run is faster";
    }

    static Table Arms(BenchReport report, bool isPlain)
    {
        var table = Tables.New(isPlain, "arm", "samples/s", "ms/step", "FLOP/sample", "FLOP/s", "utilisation",
            "text tokens", "masked images", "parameters");
        foreach (var arm in report.Arms)
            table.Add(arm.Arm, Figures.Metric(arm.SamplesPerS), Ms(arm.StepMs), Numbers.Short(arm.FlopsPerSample),
                Numbers.Short(arm.FlopsPerS), Share(arm.Utilisation), Number(arm.TextTokens),
                arm.SelectedShare is { } selected ? Share(selected) : "", Numbers.Short(arm.Parameters));
        table.Add("all", Figures.Metric(report.SamplesPerS), Ms(report.StepMs), Numbers.Short(report.FlopsPerSample),
            Numbers.Short(report.FlopsPerS), Share(report.Utilisation));
        return table;
    }

    static Table Systems(BenchReport report, bool isPlain)
    {
        var table = Tables.New(isPlain, "lane", "arm", "stage", "system", "ms/step", "share");
        Add("host", report.HostLane);
        Add("device", report.DeviceLane);
        return table;

        void Add(string name, LaneBench lane)
        {
            foreach (var system in lane.Systems)
                table.Add(name, system.Arm ?? "", system.Stage, system.System, Ms(system.Ms), Share(system.Share));
            table.Add(name, "", "", "(waiting)", Ms(lane.WaitingMs), Share(lane.WaitingShare));
            if (lane.ReleaseMs is { } release) table.Add(name, "", "", "(release of tensors)", Ms(release));
            if (lane.WatchShare > 0) table.Add(name, "", "", "(watch)", Ms(lane.WatchMs), Share(lane.WatchShare));
            table.Add(name, "", "", "(scheduler)", Ms(lane.SchedulerUs / 1000));
        }
    }

    static Table Rest(BenchReport report, bool isPlain)
    {
        var (memory, table) = (report.Memory, Tables.New(isPlain, "measure", "value"));
        table.Add($"matrix products, {report.PeakMatrixSide} x {report.PeakMatrixSide}",
            $"{Numbers.Short(report.PeakFlopsPerS)}FLOP/s");
        table.Add("loading alone", $"{Figures.Metric(report.Loader.SamplesPerS)} samples/s, "
            + $"{Figures.Metric(report.Loader.SamplesPerSPerCore)} for each core");
        table.Add("scheduler, each tick", $"{Number(report.DeviceLane.SchedulerUs)} us");
        table.Add("start to first step", $"{Number(report.StartToFirstStepS)} s");
        table.Add("peak resident memory", Bytes(memory.PeakResidentBytes));
        table.Add("resident between steps", Bytes(memory.ResidentBetweenStepsBytes));
        table.Add("activations", Bytes(memory.ActivationsBytes));
        table.Add("parameters, gradients, moments",
            $"{Bytes(memory.ParametersBytes)}, {Bytes(memory.GradientsBytes)}, {Bytes(memory.MomentsBytes)}");
        return table;
    }

    static string Ms(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    static string Share(double value) => value.ToString("0.0%", CultureInfo.InvariantCulture);

    static string Bytes(long? value) => value is { } bytes
        ? $"{(bytes / (double)(1 << 20)).ToString("0.0", CultureInfo.InvariantCulture)} MiB" : "n/a";
}
