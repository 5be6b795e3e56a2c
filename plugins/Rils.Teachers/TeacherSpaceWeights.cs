namespace Rils.Teachers;

/// <summary>The weights of <see cref="TeacherSpace"/>.</summary>
sealed record TeacherSpaceWeights(Weights Values, MovingAverage? Average) : HeldWeights(Values, Average);
