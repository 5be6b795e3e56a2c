using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Data;
using Rils.Engine.Evaluations;
using Rils.Engine.Execution;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Trained;

/// <summary>A trained arm of one seed, in evaluation mode on its device: it encodes images and texts.</summary>
public sealed class TrainedArm : IDisposable
{
    readonly Experiment experiment;
    readonly Runner runner;
    readonly Entity arm;
    readonly ArmModel model;

    /// <summary>Makes the arm's modules and reads its weights.</summary>
    /// <param name="experiment">An experiment of trained arms.</param>
    /// <param name="name">The arm's name.</param>
    /// <param name="seed">The seed whose weights the arm takes.</param>
    /// <param name="device">The device: <c>cpu</c>, <c>cuda:0</c>.</param>
    /// <exception cref="SystemFailedException">A module cannot be made, or the weights do not fit it.</exception>
    public TrainedArm(Experiment experiment, string name, long seed, string device)
    {
        this.experiment = experiment;
        var plan = experiment.PlanOf(experiment.NewWorld(seed, device, [name], _ => null));
        arm = plan.Arms.Single().Entity;
        runner = experiment.NewRunner(plan, experiment.Context.Steps, experiment.Context.Steps, NewDisposeScope);
        try
        {
            runner.SetupArms(plan);
            model = ArmModels.Of(experiment, runner, arm);
            runner.OnDevice(arm, new EvaluationMode(model).Begin);
        }
        catch
        {
            runner.Dispose();
            throw;
        }
    }

    /// <summary>Whether the arm has the parts that embed texts beside images: a text encoder, a shared space and a
    /// tokenizer.</summary>
    public bool EmbedsTexts => model is { Text: not null, Space: not null, Tokenizer: not null };

    /// <summary>Whether the arm has a shared space, in which images lie.</summary>
    public bool EmbedsImages => model.Space is not null;

    /// <summary>Side of the square images that the arm takes, in pixels.</summary>
    public int ImageSize => experiment.Training.ImageSize;

    /// <summary>The most images that an evaluation encodes at once; with the same batches a row has the same
    /// bits.</summary>
    public int Batch => experiment.Data.Settings.EvaluationBatch;

    /// <summary>Decodes an image file as evaluations do.</summary>
    /// <param name="encoded">The bytes of the file.</param>
    /// <returns>uint8 <c>[3, size, size]</c>.</returns>
    /// <exception cref="SampleException">The bytes are no image.</exception>
    public byte[] Decode(ReadOnlyMemory<byte> encoded)
    {
        var pixels = new byte[3 * ImageSize * ImageSize];
        experiment.Training.Augmentation.Evaluate(encoded, pixels);
        return pixels;
    }

    /// <summary>Encodes images.</summary>
    /// <param name="pixels">Decoded images of <see cref="Decode"/>.</param>
    /// <param name="embed">Whether to project the features into the shared space.</param>
    /// <returns>A row for each image, fp32: unit vectors <c>[images, dimensions]</c> of the shared space, or the
    /// backbone's features <c>[images, width]</c>.</returns>
    /// <exception cref="InvalidOperationException">The arm has no shared space to project into.</exception>
    public float[,] Images(IReadOnlyList<byte[]> pixels, bool embed)
    {
        var bytes = new byte[pixels.Sum(image => image.Length)];
        foreach (var (place, image) in pixels.Index()) image.CopyTo(bytes, place * image.Length);
        return OnDevice(() =>
        {
            var images = tensor(bytes, dtype: ScalarType.Byte).reshape(pixels.Count, 3, ImageSize, ImageSize);
            var features = model.EncodeImages(Normalization.Apply(images, model.Device));
            return embed ? model.EmbedFeatures(features) : features;
        });
    }

    /// <summary>Embeds texts in the shared space.</summary>
    /// <param name="texts">The texts.</param>
    /// <returns>Unit vectors, fp32 <c>[texts, dimensions]</c>.</returns>
    /// <exception cref="InvalidOperationException">The arm has no text encoder, shared space or tokenizer.</exception>
    public float[,] Texts(IReadOnlyList<string> texts) => OnDevice(() => model.EmbedTexts(texts));

    /// <summary>The factor by which the arm's contrast multiplies cosines before a softmax, as it was
    /// trained.</summary>
    /// <exception cref="InvalidOperationException">The arm has no shared space.</exception>
    /// <exception cref="NotSupportedException">The space has no logit scale.</exception>
    public double LogitScale() => OnDevice(() => (model.Space
        ?? throw new InvalidOperationException("the arm has no [space]")).LogitScale.reshape(1, 1))[0, 0];

    float[,] OnDevice(Func<Tensor> make)
    {
        float[,]? result = null;
        runner.OnDevice(arm, () =>
        {
            using var constant = no_grad();
            using var scope = NewDisposeScope();
            // Device synchronisation: the caller wants numbers.
            using var made = make().to(ScalarType.Float32).cpu();
            result = (float[,])made.data<float>().ToNDArray();
        });
        return result!;
    }

    /// <summary>Frees the modules.</summary>
    public void Dispose() => runner.Dispose();
}
