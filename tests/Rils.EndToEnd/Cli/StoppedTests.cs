namespace Rils.Tests.Cli;

/// <summary>A signal ends a command that writes nothing, wherever it is.</summary>
public sealed class StoppedTests(Toy toy) : IClassFixture<Toy>
{
    const int Interrupt = 2, HangUp = 1;

    /// <summary>A model that takes a minute to draw. Its numbers are drawn in native code, which sees no
    /// cancellation.</summary>
    static readonly string[] large =
        ["--set", "backbone.width=1024", "--set", "backbone.depth=40", "--set", "backbone.heads=16"];

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Command.Term)]
    [InlineData(HangUp)]
    public void A_check_of_a_large_model_ends_by_a_signal(int signal)
    {
        using var check = Command.Start(["check", toy.Experiment, .. large]);
        Waiting.Until(() => Computes(check.Id), () => !check.HasExited, "the drawing of a large model");
        Command.Signal(check, signal);
        Assert.True(check.WaitForExit(TimeSpan.FromSeconds(30)), "it goes on");
        var (code, output, error) = check.Finished();
        Assert.Equal((130, "", "stopped by a signal\n"), (code, output, error));
    }

    /// <summary>Whether the process holds so much memory that it draws the model already.</summary>
    static bool Computes(int process)
    {
        var lines = File.Exists($"/proc/{process}/status") ? File.ReadAllLines($"/proc/{process}/status") : [];
        var resident = lines.FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return resident is not null
            && long.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) > 600_000;
    }
}
