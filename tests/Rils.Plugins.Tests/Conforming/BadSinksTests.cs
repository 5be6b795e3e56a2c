using Rils.Contract;
using Rils.Testing.Checks;
using static Rils.Tests.Conforming.Wrong;

namespace Rils.Tests.Conforming;

/// <summary>Sinks that are wrong in one way, found by the life of a run that they hear.</summary>
public sealed class BadSinksTests : IDisposable
{
    static readonly string stray = Path.Combine(Environment.CurrentDirectory, "stray-sink.txt");

    public void Dispose() => File.Delete(stray);

    [Theory]
    [WrongFor(typeof(ISink))]
    [InlineData("events", "", "Receive of LaterEvent ends with NotSupportedException")]
    [InlineData("events", "NaN", "Receive of StepsTrained ends with InvalidDataException")]
    [InlineData("beside others", "", "the sink throws at event")]
    [InlineData("dispose", "", "the second Dispose ends with ObjectDisposedException")]
    [InlineData("folder", "", "outside the folder of its seed and phase")]
    [InlineData("folder", "constructor", "the constructor makes files")]
    public void A_wrong_sink_is_found(string check, string way, string what) => Finds(check, what, rils =>
        rils.Sink<None>("bad", (_, _) => new BadSink(way.Length > 0 ? way : check)));

    [Fact]
    public void A_sink_that_cannot_be_disposed_unused_is_found() => Assert.StartsWith(
        "Dispose of an unused value of the kind throws; it was made from None { }: NullReferenceException",
        Assert.Single(Findings(rils => rils.Sink<None>("bad", static (_, _) => new BadSink("unused")))).What);

    [Fact]
    public void A_right_sink_passes() => Assert.Equal(["documented", "events", "beside others", "dispose", "folder"],
        Checked(rils => rils.Sink<None>("good", static (_, _) => new BadSink(""))));

    /// <summary>A contract that gains an event gains one in the life that the kit tells.</summary>
    [Fact]
    public void The_life_of_a_run_has_every_event() => Assert.Empty(
        typeof(RunEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RunEvent)))
            .Except(RunLife.Events("/run", 0).Select(happened => happened.GetType())));

    sealed class BadSink : ISink
    {
        readonly string wrong;
        StreamWriter? file;
        bool isDisposed;

        public BadSink(string wrong)
        {
            this.wrong = wrong;
            if (wrong == "constructor") File.WriteAllText(stray, "");
        }

        public void Receive(RunEvent happened)
        {
            switch (happened)
            {
                case PhaseStarted started:
                    file?.Dispose();
                    file = new(Path.Combine(started.Folder, wrong == "folder" ? "../losses.txt" : "losses.txt"));
                    break;
                case StepsTrained trained when wrong == "NaN":
                    if (trained.Rows.Any(row => row.Values.Any(value => double.IsNaN(value.Value))))
                        throw new InvalidDataException("no number");
                    break;
                case StepsTrained trained:
                    file!.WriteLine(trained.Step);
                    break;
                default:
                    if (wrong is "events" or "beside others" && happened.GetType().Assembly != typeof(ISink).Assembly)
                        throw new NotSupportedException("an event that nobody knows");
                    break;
            }
        }

        public void Dispose()
        {
            if (wrong == "unused") file!.Dispose();
            if (wrong == "dispose") ObjectDisposedException.ThrowIf(isDisposed, this);
            isDisposed = true;
            file?.Dispose();
        }
    }
}
