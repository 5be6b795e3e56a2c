using static TorchSharp.torch;

namespace Rils.Teachers;

/// <summary>The full pass over the images of any kind of teacher.</summary>
static class TeacherPasses
{
    /// <summary>Encodes whole images without gradients.</summary>
    public static void Encode(
        in Teacher teacher, in TeacherWeights weights, in Images images, in BatchParts cut, out TeacherTokens tokens)
    {
        using var constant = no_grad();
        var encoder = teacher.Encoder;
        weights.CastToBf16();
        tokens = new(cut.Encode(teacher.Backbone, parts => encoder.Encode(parts[0]), images.Pixels),
            encoder.Patches.Prefix);
    }

    /// <summary>Projects the teacher's tokens to the sentences' space.</summary>
    public static void Project(
        in TeacherSpace teacher, in TeacherSpaceWeights weights, in TeacherTokens tokens, in BatchParts cut,
        out TeacherVectors vectors)
    {
        using var constant = no_grad();
        var space = teacher.Space;
        weights.CastToBf16();
        vectors = new(cut.Run(space, parts => space.ProjectImages(parts[0]), [tokens.Tokens]), tokens.Prefix);
    }

    /// <summary>Makes the arm's own full pass the teacher where an arm has no other, as in RILS.</summary>
    public static void Own(in ImageTokens own, out TeacherTokens tokens) => 
        tokens = new(own.Tokens.detach(), own.Prefix);
}
