namespace Rils.Teachers;

/// <summary>Marks an arm whose teacher is a moving average. A system that reads this type instead of the options may be
/// left out of an arm (for lack of a shared space, say), and the arm still works.</summary>
/// <param name="Value">Share of the average that a step keeps, 0..1.</param>
sealed record EmaMomentum(double Value);
