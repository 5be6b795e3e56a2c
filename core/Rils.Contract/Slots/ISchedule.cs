namespace Rils.Contract;

/// <summary>Slot <c>[schedule]</c>: the learning rate as a function of the step alone.</summary>
public interface ISchedule
{
    /// <summary>Tells the learning rate of a step. The engine may ask for steps in any order.</summary>
    /// <param name="step">The step's number in the run, from 0.</param>
    /// <returns>The rate; finite and at least 0.</returns>
    double LearningRate(long step);
}
