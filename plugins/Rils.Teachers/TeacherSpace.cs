namespace Rils.Teachers;

/// <summary>Projects a teacher's tokens to the sentences' space.</summary>
sealed record TeacherSpace(SharedSpace Space) : IBackedBy<TeacherSpaceWeights>, IDisposable
{
    public void Dispose() => Space.Dispose();
}
