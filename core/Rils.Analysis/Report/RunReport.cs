using Rils.Analysis.Report.Sources;
using Rils.Runs;

namespace Rils.Analysis.Report;

/// <summary>A finished run as one HTML file that needs no other, and no network.</summary>
public static class RunReport
{
    /// <summary>Its name in the folder of the run.</summary>
    public const string Name = "report.html";

    /// <summary>Writes the report of a run: the same bytes for the same folder and schedule.</summary>
    /// <param name="run">The run; what else its folder has is read.</param>
    /// <param name="schedule">The order in which its systems ran.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Of(FinishedRun run, Schedule schedule) => ReportPage.Write(ReportSource.Read(run, schedule));

    /// <summary>Writes the report of a sweep of several runs: all their arms side by side.</summary>
    /// <param name="folder">The sweep's.</param>
    /// <param name="planned">The schedule of a run of it.</param>
    /// <exception cref="InvalidDataException">A run is not finished, or a file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string OfSweep(string folder, Func<FinishedRun, Schedule> planned) => ReportPage.Write(SweepSource.Read(folder, planned));
}
