using System.Drawing;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>Pictures of the gallery: each patch in the colour of the sentence with the largest logit, teacher beside
/// student.</summary>
static class LanguagePictures
{
    /// <summary>Share of its sentence's colour in a patch, 0..1; the rest is the image in grey.</summary>
    const float Tint = 0.75f;

    const string Sentence = "sentence", Direction = "direction";

    /// <summary>Adds the pictures <c>teacher</c> and <c>student</c>, made from the loss's logits before the weights
    /// change.</summary>
    public static void Add(
        in LanguageTargetOptions options, in PatchShape shape, in Images images, in PicturedImages pictured,
        in PatchPrediction prediction, in ImageTokens tokens, in TextEmbedding sentences, in SentenceQueue queue,
        in Step step, in SharedSpace space, in Maybe<TeacherVectors> teacher,
        in Maybe<PrototypeDirections> directions, in Maybe<CaptionTexts> texts, in BatchParts parts,
        Append<Picture> pictures)
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        var divergence = new LanguageDivergence(
            options, tokens, space, parts, teacher.TryGet(out var own) ? own : null,
            directions.TryGet(out var others) ? others : null);
        var past = queue.Past(step.Number, sentences.Vectors.shape[0]);
        var prototypes = divergence.AllPrototypes(sentences.Vectors, past);
        var assignments = Assign(divergence, prediction, pictured, prototypes, shape.Grid.Count);
        SentenceColours[] colours = [.. assignments.Select(assignment => new SentenceColours(assignment))];
        var noun = others is null ? Sentence : Direction;
        var captions = texts.TryGet(out var known) && others is null ? known.Texts : null;
        var numbers = Host(pictured.Numbers);
        var rgb = Images.ToRgb(images.Pixels.index_select(0, pictured.Numbers)).cpu().to(ScalarType.Float32);
        var teachers = assignments.Zip(colours, (image, palette) => image.Teacher.Select(palette.Of));
        var students = assignments.Zip(colours, (image, palette) => image.Student.Select(palette.Of));
        pictures.Add(new("teacher", Teacher(noun), Paint(shape, rgb, teachers).MoveToOuterDisposeScope()));
        pictures.Add(new("student", Student(noun), Paint(shape, rgb, students).MoveToOuterDisposeScope())
        {
            Legends = [.. colours.Select((palette, row) => palette.Legend(captions, numbers[row], noun))],
        });
    }

    static string Teacher(string noun) => $"Each patch has the colour of the {noun} that the full pass finds most "
        + "likely for it, over the image in grey. Each image has colours of its own: the legend below names them.";

    static string Student(string noun) => $"Each hidden patch has the colour of the {noun} that the masked pass "
        + "predicts for it, in the teacher's colours; patches that the masked pass sees are pale.";

    /// <summary>Finds the sentence with the largest logit for each patch of each pictured image.</summary>
    public static IReadOnlyList<Assignment> Assign(
        LanguageDivergence divergence, PatchPrediction prediction, PicturedImages pictured, Tensor prototypes,
        int patches)
    {
        using var scope = NewDisposeScope();
        if (pictured.Rows.shape[0] == 0) return [];
        var hidden = prediction.Mask.Hidden.index_select(0, pictured.Rows);
        var all = Constant.Count(patches, hidden.device).expand(hidden.shape[0], -1);
        var teacher = divergence.Teacher(all, pictured.Numbers, prototypes).argmax(2);
        var predicted = prediction.Tokens.index_select(0, pictured.Rows);
        var student = divergence.Student(predicted, hidden, prototypes).argmax(2);
        // -1 where the masked pass sees a patch.
        var spread = full_like(teacher, Constant.Of(-1)).scatter_(1, hidden, student);
        return [.. Host(teacher).Chunk(patches).Zip(Host(spread).Chunk(patches),
            (whole, masked) => new Assignment(OrNone(whole), OrNone(masked)))];
    }

    static long?[] OrNone(long[] sentences) =>
        [.. sentences.Select(sentence => sentence < 0 ? (long?)null : sentence)];

    /// <summary>Lays the patches' colours over the images in grey: bytes <c>[images, 3, height, width]</c>.</summary>
    /// <param name="shape">How images are cut into patches.</param>
    /// <param name="rgb">The images, 0..255, fp32 <c>[images, 3, height, width]</c>, on the host.</param>
    /// <param name="colours">One colour for each patch of each image.</param>
    static Tensor Paint(PatchShape shape, Tensor rgb, IEnumerable<IEnumerable<Color>> colours)
    {
        using var scope = NewDisposeScope();
        float[] values =
        [
            .. colours.SelectMany(image => image).SelectMany(colour => (float[])[colour.R, colour.G, colour.B]),
        ];
        var paint = shape.Fill(tensor(values, [rgb.shape[0], shape.Grid.Count, 3]));
        var grey = rgb.mean([1L], keepdim: true);
        return (grey * Constant.Of(1 - Tint)).Plus(paint * Constant.Of(Tint)).round_().to(ScalarType.Byte)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Copies to the host: a device synchronisation, in the last step only.</summary>
    static long[] Host(Tensor numbers) => [.. numbers.contiguous().cpu().data<long>()];
}
