namespace Rils.Teachers;

/// <summary>Says that the arm's teacher is a moving average.</summary>
sealed record EmaMomentum(double Value);
