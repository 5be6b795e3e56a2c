namespace Rils.Teachers;

/// <summary>Projects a teacher's tokens to the sentences' space.</summary>
/// <param name="Space">The module.</param>
/// <param name="Teacher">The teacher that makes the tokens.</param>
sealed record TeacherSpace(SharedSpace Space, Teacher Teacher)
    : IBackedBy<TeacherSpaceWeights>, ICountsFlops, IDisposable
{
    public string Pass => "teacher projection";

    public long Flops(int visible)
    {
        var tokens = Teacher.Encoder.Patches.Prefix + Teacher.Encoder.Patches.Grid.Count;
        return 2L * tokens * Teacher.Backbone.Shape.Width * Space.Dimensions;
    }

    public void Dispose() => Space.Dispose();
}
