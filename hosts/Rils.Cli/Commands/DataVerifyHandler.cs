using Microsoft.Extensions.DependencyInjection;
using Rils.Analysis;
using Rils.Cli.Exits;
using Rils.Cli.Hosting;
using Rils.Cli.Rendering;
using Rils.Engine.Datasets;
using Rils.Engine.Datasets.Verification;
using Rils.Files;

namespace Rils.Cli.Commands;

/// <param name="Data">The data.</param>
/// <param name="List">The full path of the file for bad samples and findings; null for none.</param>
sealed record DataVerifyArguments(GivenData Data, string? List) : CommandArguments;

/// <summary>Verifies the data and prints each bad sample.</summary>
sealed class DataVerifyHandler(DataVerifyArguments arguments, DataOpener opener, Terminal terminal) : ICommandHandler
{
    public static void AddTo(IServiceCollection services) => services.AddSingleton<DataOpener>();

    public int Run(CancellationToken stopping)
    {
        using var data = DataDisplay.Open(terminal, opener, arguments.Data);
        string[] findings = [.. data.Source.Findings.Select(finding => Printable.Line(finding.Message))];
        var (samples, bad) = (0, 0);
        if (arguments.List is { } file)
            DurableFile.Write(file, stream =>
            {
                using var list = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
                foreach (var finding in findings) list.WriteLine(finding);
                (samples, bad) = Verify(data, list.WriteLine, stopping);
            });
        else (samples, bad) = Verify(data, _ => { }, stopping);
        terminal.Output.WriteLine($"{Figures.Count(samples)} samples, {Figures.Count(bad)} bad, "
            + $"{Figures.Count(findings.Length)} findings");
        return bad == 0 && data.Lost == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    (int Samples, int Bad) Verify(OpenedData data, Action<string> list, CancellationToken stopping) =>
        DataDisplay.Watch(terminal, "verified", tell => new Verifier(opener, data, bad =>
        {
            var line = Printable.Line(bad.Cause);
            DataDisplay.Print(terminal, line);
            list(line);
        }, tell).Verify(stopping));
}
