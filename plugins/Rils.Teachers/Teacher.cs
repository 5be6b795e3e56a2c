namespace Rils.Teachers;

/// <summary>The backbone of an arm's teacher.</summary>
sealed record Teacher(Backbone Backbone) : IViewOf<TeacherWeights>, IDisposable
{
    public void Dispose() => Backbone.Dispose();
}
