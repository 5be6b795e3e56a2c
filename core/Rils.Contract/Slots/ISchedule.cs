namespace Rils.Contract;

/// <summary>Slot <c>[schedule]</c>: the learning rate as a function of the step alone.</summary>
public interface ISchedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">From 0.</param>
    double LearningRate(long step);
}
