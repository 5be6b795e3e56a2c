namespace Rils.Teachers;

/// <summary>The backbone of an arm's teacher.</summary>
sealed record Teacher(Backbone Backbone) : IBackedBy<TeacherWeights>, IDisposable
{
    public void Dispose() => Backbone.Dispose();
}
