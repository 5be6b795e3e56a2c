using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Engine.Sinks;
using Rils.Scheduling;

namespace Rils.Testing.Checks;

/// <summary>Checks of <c>[[sink]]</c>: a sink hears the whole life of a run, which is stopped and goes on.</summary>
static class SinkChecks
{
    const long Stopped = 3;

    const string Ignore = "take the events that the sink knows, with any number in them, and ignore all others";

    public static IEnumerable<Fault> Hears(Func<ISink> make)
    {
        using var place = new SinkPlace();
        foreach (var first in new[] { 0, Stopped })
        {
            using var sink = make();
            foreach (var happened in RunLife.Events(place.Run, first))
                if (Thrown(() => sink.Receive(happened)) is { } thrown)
                {
                    yield return new($"Receive of {happened.GetType().Name} ends with {thrown}", Ignore);
                    yield break;
                }
        }
    }

    public static IEnumerable<Fault> GoesOnBesideOthers(Func<ISink> make)
    {
        using var place = new SinkPlace();
        var told = new Told(make());
        var events = RunLife.Events(place.Run, 0);
        using (var list = new SinkList([("failing", new Failing()), ("told", told)], NullLogger.Instance))
            foreach (var happened in events) list.Send(happened);
        if (told.Heard < events.Count)
            yield return new($"the sink throws at event {told.Heard + 1} of {events.Count} after another sink threw",
                Ignore);
    }

    public static IEnumerable<Fault> IsDisposed(Func<ISink> make)
    {
        const string Fix = "let Dispose close what is open, if anything is, and do nothing the second time";
        using var place = new SinkPlace();
        var sink = make();
        foreach (var happened in RunLife.Events(place.Run, 0)) Thrown(() => sink.Receive(happened));
        foreach (var time in (string[])["first", "second"])
            if (Thrown(sink.Dispose) is { } thrown) yield return new($"the {time} Dispose ends with {thrown}", Fix);
    }

    public static IEnumerable<Fault> StaysInItsFolder(Func<ISink> make)
    {
        using var place = new SinkPlace();
        var before = place.Elsewhere();
        using var sink = make();
        if (place.All().Any() || place.Elsewhere().Except(before).Any())
            yield return new("the constructor makes files",
                "open nothing before PhaseStarted: the engine makes a sink also to check an experiment");
        foreach (var happened in RunLife.Events(place.Run, 0)) Thrown(() => sink.Receive(happened));
        sink.Dispose();
        foreach (var file in place.Outside().Concat(place.Elsewhere().Except(before)))
            yield return new($"the sink writes {file}, outside the folder of its seed and phase",
                "write into PhaseStarted.Folder alone");
    }

    static string? Thrown(Action action)
    {
        try
        {
            action();
            return null;
        }
        // A stranger's sink may throw anything.
        catch (Exception error)
        {
            return $"{Cause.Root(error).GetType().Name}: {Cause.Of(error)}";
        }
    }

    /// <summary>The sink before another one, which fails at once.</summary>
    sealed class Failing : ISink
    {
        public void Receive(RunEvent happened) => throw new InvalidOperationException("another sink fails");

        public void Dispose() => throw new InvalidOperationException("another sink fails");
    }

    /// <summary>Counts the events that a sink took.</summary>
    sealed class Told(ISink sink) : ISink
    {
        public int Heard { get; private set; }

        public void Receive(RunEvent happened)
        {
            sink.Receive(happened);
            Heard++;
        }

        public void Dispose() => sink.Dispose();
    }

    /// <summary>A run folder for one life of a sink.</summary>
    sealed class SinkPlace : IDisposable
    {
        readonly string root = Directory.CreateTempSubdirectory("rils-testing-").FullName;

        public SinkPlace()
        {
            foreach (var seed in (int[])[0, 7]) Directory.CreateDirectory(Path.Combine(Run, $"seed-{seed}"));
        }

        /// <summary>The run folder.</summary>
        public string Run => Path.Combine(root, "run");

        /// <summary>All files below the run folder and beside it.</summary>
        public IEnumerable<string> All() => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories);

        /// <summary>The files that are in no seed's folder.</summary>
        public IEnumerable<string> Outside() => All().Where(file =>
            !Path.GetRelativePath(Run, file).StartsWith("seed-", StringComparison.Ordinal));

        /// <summary>The files of the process's own folder, where a path without a folder leads, with their
        /// times.</summary>
        public IReadOnlySet<string> Elsewhere() => new DirectoryInfo(Environment.CurrentDirectory).EnumerateFiles()
            .Select(file => $"{file.FullName} of {file.LastWriteTimeUtc:O}").ToHashSet();

        public void Dispose() => Directory.Delete(root, recursive: true);
    }
}
