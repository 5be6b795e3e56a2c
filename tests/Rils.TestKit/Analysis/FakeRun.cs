using Rils.Configuration;
using Rils.Contract;
using Rils.Files;
using Rils.Runs;

namespace Rils.Tests.Analysis;

/// <summary>Writes the folder of a run that no experiment made: the outcomes are drawn. Arms of equal skill have equal
/// outcomes, since all arms draw the same luck.</summary>
sealed class FakeRun
{
    public const int Steps = 8, Samples = 40;

    public long[] Seeds { get; init; } = [0, 1, 2, 3, 4, 5];

    /// <summary>The arms' names, each with its share of right outcomes, 0..1.</summary>
    public (string Arm, double Skill)[] Arms { get; init; } = [("rils", 0.6), ("clip", 0.4)];

    public string Precision { get; init; } = "bf16";

    public string Device { get; init; } = "cpu";

    /// <summary>Further keys of <c>[data]</c>, as text.</summary>
    public string Data { get; init; } = "";

    /// <summary>Further keys of <c>[[head]]</c>, as text.</summary>
    public string Head { get; init; } = "";

    /// <summary>The share of right outcomes of arms' averages, by the arms' names.</summary>
    public Dictionary<string, double> Averages { get; init; } = [];

    /// <summary>The arms that stop early in the first seed.</summary>
    public string[] Failing { get; init; } = [];

    /// <summary>The arms on which the head fails in the first seed; on validation data it does not.</summary>
    public string[] FailingHeads { get; init; } = [];

    /// <summary>The text before the number in each sample's key.</summary>
    public string KeyPrefix { get; init; } = "sample-";

    /// <summary>Whether each outcome is 0 or 1; otherwise a number between them.</summary>
    public bool IsBinary { get; init; } = true;

    /// <summary>How many samples that follow each other are a cluster; null where each stands for itself.</summary>
    public int? ClusterSize { get; init; }

    /// <summary>Whether the head also has the metric <see cref="Error"/>, with replicates.</summary>
    public bool HasError { get; init; }

    /// <summary>The unit of <see cref="Error"/>.</summary>
    public string Unit { get; init; } = "px";

    /// <summary>The SHA-256 of each file of the engine.</summary>
    public Dictionary<string, string> Engine { get; init; } = [];

    /// <summary>The identities of data, by the paths that name them.</summary>
    public Dictionary<string, DataIdentity> Sources { get; init; } = [];

    public string[] Accepted { get; init; } = [];

    public Stretch[] Stretches { get; init; } = [];

    /// <summary>The metric that the run was about when it was begun.</summary>
    public PrimaryMetric? Primary { get; init; }

    /// <summary>Further keys at the root of the experiment as it is now, as text.</summary>
    public string Root { get; init; } = "";

    /// <summary>The share of right outcomes of the arms on validation data, by the arms' names; empty where the head
    /// has none.</summary>
    public Dictionary<string, double> Validation { get; init; } = [];

    /// <summary>The arms that a sweep made.</summary>
    public SweepArm[] Swept { get; init; } = [];

    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var arms = Arms.Select(arm => FormattableString.Invariant(
            $"[[arm]]\nname = \"{arm.Arm}\"\nmasking = {{ ratio = {arm.Skill} }}"));
        File.WriteAllText(Path.Combine(folder, RunFolder.ExperimentFile), $"""
            name = "fake"
            seeds = [{string.Join(", ", Seeds)}]
            steps = {Steps}
            {Root}
            [data]
            train = "/data/train.tar"
            {Data}
            [[head]]
            kind = "zero-shot"
            data = "/data/val.tar"
            {Head}
            {string.Join('\n', arms)}
            """);
        Manifest(folder).Write(folder);
        foreach (var seed in Seeds)
        {
            var seedFolder = Path.Combine(folder, $"seed-{seed}");
            new PhaseOutcome([.. Arms.Select(arm => Outcome(seedFolder, seed, arm.Arm, arm.Skill) with
            {
                Average = Averages.TryGetValue(arm.Arm, out var skill)
                    ? Outcome(seedFolder, seed, ArmAverage.NameOf(arm.Arm), skill) : null,
            })], null).Write(seedFolder);
        }
        return folder;
    }

    ArmOutcome Outcome(string seedFolder, long seed, string arm, double skill)
    {
        var home = Path.Combine(seedFolder, ArmAverage.PathOf(arm));
        HeadFinding[] found =
        [
            FailingHeads.Contains(arm) && seed == Seeds[0]
                ? HeadFinding.Failed(arm, "zero-shot", Steps, new TimeoutException("no time"))
                : Finding("zero-shot", arm, seed, skill),
            .. Validation.TryGetValue(arm, out var other)
                ? [Finding(ValidationHead.NameOf("zero-shot"), arm, seed, other)] : (HeadFinding[])[],
        ];
        ArmSamples.Write(Directory.CreateDirectory(home).FullName, Steps, found);
        var hasFailed = Failing.Contains(ArmAverage.ArmOf(arm)) && seed == Seeds[0];
        return new(arm, seed, 100, hasFailed ? "it burst" : null,
            [.. found.Select(one => one.Outcome with { Step = 0 }), .. found.Select(one => one.Outcome)])
        {
            Files = new Dictionary<string, string>
            {
                [ArmSamples.Name] = FileHash.Of(Path.Combine(home, ArmSamples.Name)),
            },
        };
    }

    RunManifest Manifest(string folder) => new()
    {
        Started = DateTimeOffset.UnixEpoch,
        Rils = "0.1.0",
        Device = Device,
        Precision = Precision,
        Machine = new Dictionary<string, string>(),
        Libraries = new Dictionary<string, string>(),
        Engine = Engine,
        Plugins = [],
        Data = Sources,
        Files = new Dictionary<string, string>(),
        Taken = new Dictionary<string, string>(),
        Experiment = ExperimentValues.Of(ExperimentReader.Read(Path.Combine(folder, RunFolder.ExperimentFile), [],
            ExperimentKeys.All, new Problems())!),
        Accepted = Accepted,
        Stretches = Stretches,
        Primary = Primary,
        Swept = Swept,
    };

    HeadFinding Finding(string head, string arm, long seed, double skill)
    {
        var (outcomes, keys) = (Outcomes(seed, skill), Keys(KeyPrefix));
        Dictionary<string, HeadMetric> metrics = new()
        {
            ["top1"] = new(outcomes.Average()) { Chance = 0.1 },
            ["mean_per_class"] = new(outcomes.Average() / 2),
            ["samples"] = new(Samples) { Reading = MetricReading.Reference },
        };
        Dictionary<string, IReadOnlyList<double>> replicates = [];
        if (HasError)
        {
            metrics["error"] = new(Error(outcomes, [.. keys.Select(_ => 1)]))
            {
                Reading = MetricReading.LowerIsBetter, Unit = Unit,
            };
            replicates["error"] = Resampling.Of(keys, times => Error(outcomes, times));
        }
        return HeadFinding.Of(arm, head, Steps, new(metrics)
        {
            Samples = [new(keys, new Dictionary<string, IReadOnlyList<double>> { ["top1"] = outcomes })
            {
                Replicates = replicates,
                Clusters = ClusterSize is { } size ? [.. keys.Select((_, place) => place / size)] : null,
            }],
        });
    }

    public static string[] Keys(string prefix) => [.. Enumerable.Range(0, Samples).Select(i => $"{prefix}{i}")];

    /// <summary>The outcomes of an arm's samples.</summary>
    public double[] Outcomes(long seed, double skill)
    {
        var luck = RandomStream.Root(seed).Fork("luck").Draw();
        return [.. Enumerable.Range(0, Samples)
            .Select(_ => luck.NextDouble()).Select(draw => IsBinary ? (draw < skill ? 1.0 : 0) : draw * skill)];
    }

    /// <summary>A metric that is no mean over samples: the root of the share of wrong outcomes.</summary>
    public static double Error(double[] outcomes, int[] times) =>
        Math.Sqrt(outcomes.Zip(times, (outcome, occurs) => (1 - outcome) * occurs).Sum() / times.Sum());
}
