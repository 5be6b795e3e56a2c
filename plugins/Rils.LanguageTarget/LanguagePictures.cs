using System.Drawing;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.LanguageTarget;

/// <summary>The patches coloured by the sentences that they are likest to, for the gallery: teacher beside student.</summary>
static class LanguagePictures
{
    /// <summary>Share of a patch's colour that is its sentence's; the rest is the image in grey.</summary>
    const float Tint = 0.75f;

    const string Teacher = "Each patch in the colour of the sentence of the batch that the full pass finds likest to it, over the image in grey. Colours are of one image: the legend below names them.",
        Student = "The same of what the masked pass predicts for the hidden patches, in the same colours; patches that it sees are pale.";

    /// <summary>Adds the pictures <c>teacher</c> and <c>student</c>, from the logits of the loss, before the weights change.</summary>
    public static void Add(
        in LanguageTargetOptions options, in BackboneShape shape, in Images images, in PicturedImages pictured, in PatchPrediction prediction, in ImageTokens tokens,
        in Sentences sentences, in SentenceQueue queue, in Step step, in SharedSpace space, in Maybe<TeacherVectors> teacher, in Maybe<CaptionTexts> texts,
        in BatchParts parts,
        Append<Picture> pictures)
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        var divergence = new LanguageDivergence(
            options, tokens.Tokens, space, parts, teacher.TryGet(out var own) ? own.Values : null);
        var past = queue.Past(step.Number, sentences.Vectors.shape[0]);
        var assignments = Assign(divergence, prediction, pictured, divergence.AllPrototypes(sentences.Vectors, past), shape.Grid.Count);
        SentenceColours[] colours = [.. assignments.Select(assignment => new SentenceColours(assignment))];
        var captions = texts.TryGet(out var known) ? known.Texts : null;
        var numbers = Host(pictured.Numbers);
        var rgb = Images.ToRgb(images.Pixels.index_select(0, pictured.Numbers)).cpu().to(ScalarType.Float32);
        pictures.Add(new("teacher", Teacher, Paint(shape, rgb, assignments.Zip(colours, (image, palette) => image.Teacher.Select(palette.Of))).MoveToOuterDisposeScope()));
        pictures.Add(new("student", Student, Paint(shape, rgb, assignments.Zip(colours, (image, palette) => image.Student.Select(palette.Of))).MoveToOuterDisposeScope())
        {
            Legends = [.. colours.Select((palette, row) => palette.Legend(captions, numbers[row]))],
        });
    }

    /// <summary>The sentences with the largest logits, of each pictured image.</summary>
    public static IReadOnlyList<Assignment> Assign(LanguageDivergence divergence, PatchPrediction prediction, PicturedImages pictured, Tensor prototypes, int patches)
    {
        using var scope = NewDisposeScope();
        if (pictured.Rows.shape[0] == 0) return [];
        var hidden = prediction.Mask.Hidden.index_select(0, pictured.Rows);
        var all = arange(patches, ScalarType.Int64, hidden.device).expand(hidden.shape[0], -1);
        var teacher = divergence.Teacher(all, pictured.Numbers, prototypes).argmax(2);
        var student = divergence.Student(prediction.Tokens.index_select(0, pictured.Rows), hidden, prototypes).argmax(2);
        // -1 where a patch is visible.
        var spread = full_like(teacher, -1).scatter_(1, hidden, student);
        return [.. Host(teacher).Chunk(patches).Zip(Host(spread).Chunk(patches), (whole, masked) => new Assignment(OrNone(whole), OrNone(masked)))];
    }

    static long?[] OrNone(long[] sentences) => [.. sentences.Select(sentence => sentence < 0 ? (long?)null : sentence)];

    /// <summary>The images in grey under their patches' colours.</summary>
    /// <param name="shape">How images are cut.</param>
    /// <param name="rgb">0 to 255, fp32 <c>[images, 3, height, width]</c>, on the host.</param>
    /// <param name="colours">For each image, one for each patch.</param>
    static Tensor Paint(BackboneShape shape, Tensor rgb, IEnumerable<IEnumerable<Color>> colours)
    {
        using var scope = NewDisposeScope();
        float[] values = [.. colours.SelectMany(image => image).SelectMany(colour => (float[])[colour.R, colour.G, colour.B])];
        var paint = shape.Fill(tensor(values, [rgb.shape[0], shape.Grid.Count, 3]));
        return (rgb.mean([1L], keepdim: true) * (1 - Tint) + paint * Tint).round_().to(ScalarType.Byte).MoveToOuterDisposeScope();
    }

    /// <summary>Device synchronisation, in the last step.</summary>
    static long[] Host(Tensor numbers) => [.. numbers.contiguous().cpu().data<long>()];
}
