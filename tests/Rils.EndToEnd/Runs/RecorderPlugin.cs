using Rils.Contract;

namespace Rils.Tests.Engine.Runs;

/// <summary>Brings a head that learns nothing and notes the batches that it gets.</summary>
sealed class RecorderPlugin : IPlugin
{
    public List<(string Arm, string Head, string What, string[] Keys)> Calls { get; } = [];

    public void Configure(IRilsBuilder rils) =>
        rils.Head<RecorderOptions>("recorder", (options, context) => new Recorder(options.Train, context, Calls));

    public sealed record RecorderOptions
    {
        [ExperimentPath]
        public required string Train { get; init; }
    }

    sealed class Recorder(string train, HeadContext context, List<(string, string, string, string[])> calls)
        : ITrainedHead
    {
        public IReadOnlyList<string> TrainingData => [train];

        public void Begin(ArmModel model) { }

        public void AddTraining(EvaluationBatch batch) => Note("train", batch);

        public void Add(EvaluationBatch batch) => Note("data", batch);

        public HeadResult Finish() => new(new Dictionary<string, HeadMetric>());

        void Note(string what, EvaluationBatch batch) =>
            calls.Add((context.Arm, context.Name, what, [.. batch.Samples.Select(sample => sample.Key)]));
    }
}
