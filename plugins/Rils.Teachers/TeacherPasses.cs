using static TorchSharp.torch;

namespace Rils.Teachers;

/// <summary>A teacher's full pass over the images, whichever teacher it is.</summary>
static class TeacherPasses
{
    /// <summary>Encodes whole images without gradients.</summary>
    public static void Encode(
        in Teacher teacher, in TeacherWeights weights, in Images images, in BatchParts cut, out TeacherTokens tokens)
    {
        using var constant = no_grad();
        var encoder = teacher.Backbone;
        weights.Round();
        tokens = new(cut.Encode(encoder, parts => encoder.Encode(parts[0]), images.Pixels));
    }

    /// <summary>Takes them to the sentences' space.</summary>
    public static void Project(
        in TeacherSpace teacher, in TeacherSpaceWeights weights, in TeacherTokens tokens, in BatchParts cut,
        out TeacherVectors vectors)
    {
        using var constant = no_grad();
        var space = teacher.Space;
        weights.Round();
        vectors = new(cut.Run(space, parts => space.ProjectImages(parts[0]), [tokens.Tokens]));
    }

    /// <summary>In an arm without a teacher its own full pass is one, as it is in RILS.</summary>
    public static void Own(in ImageTokens own, out TeacherTokens tokens) => tokens = new(own.Tokens.detach());
}
