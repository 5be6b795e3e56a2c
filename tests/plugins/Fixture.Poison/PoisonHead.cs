namespace Fixture.Poison;

/// <summary>A head whose metric <c>found</c> is 1, or which throws at its first batch.</summary>
sealed class PoisonHead(bool throws) : IHead
{
    public void Begin(ArmModel model)
    {
    }

    public void Add(EvaluationBatch batch)
    {
        if (throws) throw new InvalidOperationException("poisoned");
    }

    public HeadResult Finish() => new(new Dictionary<string, HeadMetric> { ["found"] = new(1) });
}
