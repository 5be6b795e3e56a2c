using TorchSharp;

namespace Rils.Testing.Checks;

/// <summary>Counts the tensors of this thread that nobody has disposed.</summary>
static class Live
{
    /// <summary>The number of tensors that are alive after an action in a dispose scope of its own, and were not
    /// before.</summary>
    public static long After(Action action) => Left(() =>
    {
        using var scope = torch.NewDisposeScope();
        action();
    });

    /// <summary>The number of tensors that are alive after an action and were not before it.</summary>
    public static long Left(Action action)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        action();
        return DisposeScopeManager.Statistics.ThreadTotalLiveCount - before;
    }
}
