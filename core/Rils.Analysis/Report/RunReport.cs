using Rils.Analysis.Report.Sources;
using Rils.Runs;

namespace Rils.Analysis.Report;

/// <summary>Writes the report of a finished run: one HTML file that needs no other file and no network.</summary>
public static class RunReport
{
    /// <summary>The report's file name in the folder of the run.</summary>
    public const string Name = "report.html";

    /// <summary>Writes the report of a run: the same bytes for the same folder and schedule.</summary>
    /// <param name="run">The run; the report reads the other files of its folder too.</param>
    /// <param name="schedule">The order in which the run's systems ran.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Of(FinishedRun run, Schedule schedule) => ReportPage.Write(ReportSource.Read(run, schedule));

    /// <summary>Writes the report of several folders, or of a sweep: the arms of all runs side by side.</summary>
    /// <param name="folders">The paths of runs and sweeps.</param>
    /// <param name="planned">Makes the schedule of a run.</param>
    /// <exception cref="InvalidDataException">A run is not finished, the folders differ in more than their arms, or a
    /// file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string OfJoined(IReadOnlyList<string> folders, Func<FinishedRun, Schedule> planned) =>
        ReportPage.Write(JoinedSource.Read(folders, planned));
}
