namespace Rils.Contract;

/// <summary>Receives what happens in a run: metrics, evaluations, pictures, checkpoints, the end. Each kind
/// of <c>[[sink]]</c> makes such a sink.</summary>
/// <remarks>A sink only listens: it changes nothing of the training. Where a sink throws, the run reports the exception
/// as a warning, calls the sink no more and goes on. The engine makes a sink when it checks the experiment and makes
/// another for the run: a constructor opens nothing.</remarks>
public interface ISink : IDisposable
{
    /// <summary>Receives one event. The run waits until this method returns; events come one at a time.</summary>
    /// <param name="happened">The event, one of the records that derive from <see cref="RunEvent"/>. A sink takes those
    /// that it knows and ignores all others: later versions of the contract add events.</param>
    void Receive(RunEvent happened);
}
