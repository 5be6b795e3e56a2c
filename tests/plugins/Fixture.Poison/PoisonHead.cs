namespace Fixture.Poison;

/// <summary>Finds one, or throws.</summary>
sealed class PoisonHead(bool throws) : IHead
{
    public void Begin(ArmModel model)
    {
    }

    public void Add(EvaluationBatch batch)
    {
        if (throws) throw new InvalidOperationException("poisoned");
    }

    public HeadResult Finish() => new(new Dictionary<string, double> { ["found"] = 1 });
}
