namespace Rils.Teachers;

/// <summary>The backbone of an arm's teacher.</summary>
/// <param name="Backbone">The module.</param>
/// <param name="Encoder">The same module, which gives tokens.</param>
sealed record Teacher(Backbone Backbone, ITokenBackbone Encoder)
    : IBackedBy<TeacherWeights>, ICountsFlops, IDisposable
{
    /// <summary>The teacher of a backbone.</summary>
    /// <param name="backbone">The backbone.</param>
    /// <param name="title">The backbone in messages: <c>[teacher] of arm clip</c>.</param>
    /// <exception cref="ArgumentException">The backbone gives no tokens.</exception>
    public static Teacher Of(Backbone backbone, string title) => backbone is ITokenBackbone encoder
        ? new(backbone, encoder)
        : throw new ArgumentException($"{title} gives no tokens, and a target of patches needs a teacher's tokens: "
            + "take a teacher whose [backbone] gives them, such as a vit");

    public string Pass => "teacher";

    public long Flops(int visible) => Backbone.Flops;

    public void Dispose() => Backbone.Dispose();
}
