using TorchSharp;
using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>A teacher that follows the trained weights slowly (Grill et al. 2020, section 3.1).</summary>
static class EmaTeacher
{
    /// <summary>Starts as a copy of what is trained of the arm's backbone and shared space. What it reads besides is there where the arm has a language target: another
    /// arm has no use for it.</summary>
    public static void Setup(
        in EmaTeacherOptions _, in SentenceQueue __, in Backbone backbone, in SharedSpace space, in Weights weights, out EmaWeights teacher)
    {
        using var constant = no_grad();
        var all = weights.Parameters;
        var names = backbone.named_parameters().Where(parameter => parameter.parameter.requires_grad).Select(parameter => $"visual.{parameter.name}")
            .Concat(space.named_parameters().Where(parameter => parameter.parameter.requires_grad).Select(parameter => parameter.name));
        teacher = new(names.ToDictionary(name => name, name => all[name].detach().clone().DetachFromDisposeScope()));
    }

    /// <summary>Encodes the whole images, before anything else reads the weights in this step.</summary>
    public static void Encode(in EmaWeights teacher, in Backbone backbone, in SharedSpace space, in Images images,
        in Maybe<Chunk> chunk, ref Weights weights, out TeacherVectors vectors)
    {
        var (encoder, projection, pixels, size) = (backbone, space, images.Pixels, chunk);
        vectors = new(teacher.Lend(weights, () => Chunk.Encode(size, parts => projection.ProjectImages(encoder.Encode(parts[0])), pixels)));
    }

    /// <summary>Follows, after the last change of the weights in this step.</summary>
    public static void Follow(in EmaTeacherOptions options, in Weights weights, ref EmaWeights teacher)
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        foreach (var (name, tensor) in teacher.Tensors) tensor.mul_(options.Momentum).add_(weights.Parameters[name], 1 - options.Momentum);
    }
}
