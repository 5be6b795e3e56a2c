namespace Rils.Teachers;

/// <summary>Says that the arm's teacher is a moving average. A system that reads this in the place of the options may be left out of an arm, for want of a
/// space say, and the arm still works.</summary>
sealed record EmaMomentum(double Value);
