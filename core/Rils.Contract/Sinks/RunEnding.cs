namespace Rils.Contract;

/// <summary>The ways in which a run ends.</summary>
public enum RunEnding
{
    /// <summary>Every seed is done; single arms may have stopped early.</summary>
    Finished,
    /// <summary>A signal stopped the run, which can be resumed.</summary>
    Stopped,
    /// <summary>An error ended the run: a full disk, too many bad samples.</summary>
    Failed,
}
