namespace Rils.Contract;

/// <summary>An event of a run, as a sink receives it.</summary>
public abstract record RunEvent;

/// <summary>The arms of a phase are ready to train from one seed. A run has one such event for each seed and phase that
/// it trains; a seed or phase that was finished before the run was resumed has none.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Phase">The phase, from 1: an arm that takes weights from another arm is in a later phase.</param>
/// <param name="Arms">The names of the phase's arms, in the order of the file.</param>
/// <param name="Folder">The absolute path of the folder for files of this seed and phase. The folder exists; a sink may
/// write files of its own into it.</param>
/// <param name="FirstStep">The step, from 0, at which the training begins or, after an interruption, goes on.</param>
/// <param name="Steps">The number of steps of the phase.</param>
/// <param name="Earlier">The numbers of all steps before <paramref name="FirstStep"/>, as
/// <see cref="StepsTrained.Rows"/> had them: a sink that writes its file anew from them needs no other care to resume.
/// Empty where the phase begins.</param>
/// <param name="Evaluated">The evaluations made before, in the order in which they were made.</param>
public sealed record PhaseStarted(long Seed, int Phase, IReadOnlyList<string> Arms, string Folder, long FirstStep,
    long Steps, IReadOnlyList<MetricRow> Earlier, IReadOnlyList<HeadOutcome> Evaluated) : RunEvent;

/// <summary>An arm begins with the trained weights that its <c>[init]</c> names.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Arm">The arm's name.</param>
/// <param name="Summary">Lines for people: how many tensors the arm took, from where, and which it did not.</param>
public sealed record WeightsTaken(long Seed, string Arm, IReadOnlyList<string> Summary) : RunEvent;

/// <summary>A head evaluates some arms at no step, since they lack a component that the head needs.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Head">The head's name.</param>
/// <param name="Arms">The names of the arms that the head leaves out.</param>
public sealed record HeadLeftOut(long Seed, string Head, IReadOnlyList<string> Arms) : RunEvent;

/// <summary>Steps were made. The engine copies numbers from the device to the host only now and then, so one event has
/// the rows of several steps.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Phase">The phase, from 1.</param>
/// <param name="Step">The number of steps done.</param>
/// <param name="Rows">The numbers of the new steps, ordered by step, then by the arm's name.</param>
public sealed record StepsTrained(long Seed, int Phase, long Step, IReadOnlyList<MetricRow> Rows) : RunEvent;

/// <summary>An evaluation begins; the training waits for it.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Phase">The phase, from 1.</param>
/// <param name="Step">The number of steps done.</param>
public sealed record EvaluationStarted(long Seed, int Phase, long Step) : RunEvent;

/// <summary>A head has evaluated an arm, or has failed at it.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Phase">The phase, from 1.</param>
/// <param name="Outcome">The metrics, or the failure.</param>
public sealed record HeadEvaluated(long Seed, int Phase, HeadOutcome Outcome) : RunEvent;

/// <summary>The pictures of an arm's last step were written.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Arm">The arm's name.</param>
/// <param name="Files">The absolute paths of the PNG files.</param>
public sealed record PicturesWritten(long Seed, string Arm, IReadOnlyList<string> Files) : RunEvent;

/// <summary>A checkpoint was written: a run that is interrupted from here on goes on at this step.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Phase">The phase, from 1.</param>
/// <param name="Step">The number of steps done.</param>
/// <param name="Folder">The absolute path of the checkpoint's folder; the engine removes it when newer checkpoints
/// stand.</param>
public sealed record CheckpointWritten(long Seed, int Phase, long Step, string Folder) : RunEvent;

/// <summary>An arm stopped early; the others go on.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Arm">The arm's name.</param>
/// <param name="Cause">The reason, for people.</param>
public sealed record ArmStopped(long Seed, string Arm, string Cause) : RunEvent;

/// <summary>The run ends: the last event.</summary>
/// <param name="Folder">The absolute path of the run folder.</param>
/// <param name="How">Whether the run is finished.</param>
public sealed record RunEnded(string Folder, RunEnding How) : RunEvent;
