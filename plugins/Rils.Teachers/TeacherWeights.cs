namespace Rils.Teachers;

/// <summary>The weights of <see cref="Teacher"/>.</summary>
sealed record TeacherWeights(Weights Values, MovingAverage? Average) : HeldWeights(Values, Average);
