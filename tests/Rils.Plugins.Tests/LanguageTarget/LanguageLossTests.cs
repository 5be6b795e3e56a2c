using Rils.Contract;
using Rils.Contrastive;
using Rils.Scheduling;
using Rils.LanguageTarget;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Fakes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.LanguageTarget;

public sealed class LanguageLossTests
{
    const int Batch = 9, Patches = 12, Visible = 5, Dimensions = 16;
    const double Scale = 8;

    public static TheoryData<string> Cases => GoldenCases.Of("losses");

    public static TheoryData<LanguageTargetOptions> Choices =>
    [
        .. from prototypes in (Prototypes[])[Prototypes.Attached, Prototypes.Detached]
           from gate in Enum.GetValues<Gate>()
           from loss in Enum.GetValues<Comparison>()
           from patches in Enum.GetValues<CountedPatches>()
           from queue in (int[])[0, 14]
           select new LanguageTargetOptions { Prototypes = prototypes, Gate = gate, Loss = loss,
               Patches = patches, Queue = queue },
    ];

    [Theory, MemberData(nameof(Cases)), Trait("Category", "Golden")]
    public void Value_and_gradients_are_those_of_RILSLoss_on_one_process(string folder)
    {
        using var scope = NewDisposeScope();
        var golden = new GoldenCase(folder);
        var (inputs, expected) = (golden.Read("inputs"), golden.Read("outputs"));
        var (images, texts, scale) = (Leaf(inputs["image_embed"]), Leaf(inputs["text_embed"]),
            Leaf(inputs["logit_scale"]));
        var (prediction, tokens) = (Leaf(inputs["masked_pred"]), Leaf(inputs["unmasked_feat"]));
        var options = new LanguageTargetOptions
        {
            StudentTemperature = golden.Number("stu_tau"),
            TeacherTemperature = golden.Number("tea_tau"),
            Weight = golden.Number("loss_weight"),
        };
        var mask = PatchMask.KeepSmallest(inputs["mask"], golden.Visible(golden["patches"]));
        var space = new IdentitySpace((int)texts.shape[1], scale);
        var (term, gate) = Run(options, images, texts, prediction, tokens, mask, space);
        var losses = new Append<LossTerm>("contrastive");
        ContrastiveLoss.Loss(new(), new(images), new(texts),
            new(new CaptionTokens(arange(texts.shape[0]).unsqueeze(1), [])), space, new(1), losses,
            new("contrastive"));
        var total = Assert.Single(new Collected<LossTerm>(losses)).Value + term.Value * term.Weight;
        total.backward();

        GoldenAssert.Close(expected["rils.recon_loss"], term.Value * term.Weight, 1e-5, "recon_loss");
        GoldenAssert.Close(expected["rils.loss"], total, 1e-5, "loss");
        GoldenAssert.Close(expected["rils.clip_acc"], gate * 100, 1e-5, "gate");
        GoldenAssert.CloseInNorm(expected["rils.grad.image_embed"], images.grad!, 1e-4, "image_embed");
        GoldenAssert.CloseInNorm(expected["rils.grad.text_embed"], texts.grad!, 1e-4, "text_embed");
        GoldenAssert.CloseInNorm(expected["rils.grad.logit_scale"], scale.grad!, 1e-4, "logit_scale");
        GoldenAssert.CloseInNorm(expected["rils.grad.masked_pred"], prediction.grad!, 1e-4, "masked_pred");
        Assert.True(tokens.grad is null);
    }

    public static TheoryData<string> Gathered => GoldenCases.Of("losses-gathered");

    [Theory, MemberData(nameof(Gathered)), Trait("Category", "Golden")]
    public void Value_and_gradients_are_those_of_RILSLoss_on_several_processes(string folder)
    {
        using var scope = NewDisposeScope();
        var golden = new GoldenCase(folder);
        var inputs = golden.Read("inputs");
        foreach (var world in golden.Json.GetProperty("worlds").EnumerateObject())
        {
            var (expected, gather) = (golden.Read($"outputs-{world.Name}"), Whole(world.Name));
            var (images, texts, scale) = (Leaf(inputs["image_embed"]), Leaf(inputs["text_embed"]),
                Leaf(inputs["logit_scale"]));
            var (prediction, tokens) = (Leaf(inputs["masked_pred"]), Leaf(inputs["unmasked_feat"]));
            var mask = PatchMask.KeepSmallest(inputs["mask"], golden.Visible(golden["patches"]));
            var space = new IdentitySpace((int)texts.shape[1], scale);
            LanguageGate.Select(new(), new(images), new(texts), space, One, out var selection);
            var (term, gate) = LossOf(new()
            {
                StudentTemperature = golden.Number("stu_tau"), TeacherTemperature = golden.Number("tea_tau"),
                Weight = golden.Number("loss_weight"),
            }, selection, texts, prediction, tokens, mask, space, gather: gather);
            var losses = new Append<LossTerm>("contrastive");
            ContrastiveLoss.Loss(new(), new(images), new(texts), default, space, new(gather), losses,
                new("contrastive"));
            var total = Assert.Single(new Collected<LossTerm>(losses)).Value + term.Value * term.Weight;
            total.backward();

            GoldenAssert.Close(expected["rils.recon_loss"].mean(), term.Value * term.Weight, 1e-5, "recon_loss");
            GoldenAssert.Close(expected["rils.loss"].mean(), total, 1e-5, "loss");
            GoldenAssert.Close(expected["rils.gate"].to(ScalarType.Float32).mean(), gate, 1e-6, "gate");
            GoldenAssert.Close(expected["rils.grad.image_embed"] / gather, images.grad!, 1e-5, "image_embed");
            GoldenAssert.Close(expected["rils.grad.text_embed"] / gather, texts.grad!, 1e-5, "text_embed");
            GoldenAssert.Close(expected["rils.grad.masked_pred"] / gather, prediction.grad!, 1e-5, "masked_pred");
            GoldenAssert.Close(expected["rils.grad.logit_scale"].mean(), scale.grad!, 1e-5, "logit_scale");
            Assert.True(tokens.grad is null);
        }
    }

    [Theory, MemberData(nameof(Choices))]
    public void It_equals_the_plain_form(LanguageTargetOptions options)
    {
        using var scope = NewDisposeScope();
        var (scale, past) = (tensor((float)Scale).requires_grad_(), Draws.Normal("past", 14, Dimensions));
        var texts = Draws.Leaf("texts", Batch, Dimensions);
        // Half of the images lie near their own sentences, so the gate selects some images and drops others.
        var images = Draws.Normal("images", Batch, Dimensions) + texts.detach() * (arange(Batch) % 2).unsqueeze(1) * 4;
        var (prediction, tokens) = (Draws.Leaf("prediction", Batch, 1 + Patches, Dimensions),
            Draws.Leaf("tokens", Batch, 1 + Patches, Dimensions));
        var mask = Mask(Batch);
        var (term, share) = Run(options, images, texts, prediction, tokens, mask,
            new IdentitySpace(Dimensions, scale), past);
        term.Value.backward();
        var (actualPrediction, actualTexts) = (prediction.grad!.clone(), texts.grad?.clone());
        prediction.grad!.zero_();
        texts.grad?.zero_();

        var hidden = zeros(Batch, Patches).scatter_(1, mask.Hidden, ones_like(mask.Hidden, ScalarType.Float32));
        var plain = PlainLanguageLoss.Value(options, prediction, tokens, images, texts, hidden, Scale,
            past.narrow(0, 0, options.Queue));
        plain.backward();
        GoldenAssert.Close(plain, term.Value, 1e-6, "value");
        GoldenAssert.Close(prediction.grad!, actualPrediction, 1e-6, "gradient of the prediction");
        Assert.True(tokens.grad is null && scale.grad is null);
        Assert.Equal(options.Prototypes == Prototypes.Attached, actualTexts is not null);
        if (actualTexts is not null) GoldenAssert.Close(texts.grad!, actualTexts, 1e-6, "gradient of the sentences");
        var open = PlainLanguageLoss.Gated(options, images, texts, Scale).mean().item<double>();
        Assert.Equal(open, share.item<float>(), 1e-6);
        if (options.Gate != Gate.None) Assert.InRange(open, 0.3, 0.9);
    }

    /// <summary>25 of 50 images retrieve their own caption. Five of the others fill up the selection to 30, a multiple
    /// of six, about an eighth of the batch.</summary>
    [Theory]
    [InlineData(Prototypes.Attached)]
    [InlineData(Prototypes.Detached)]
    public void Images_that_fill_up_the_masked_pass_change_no_loss_and_no_gradient(Prototypes prototypes)
    {
        using var scope = NewDisposeScope();
        const int batch = 50;
        var options = new LanguageTargetOptions { Prototypes = prototypes };
        var texts = Draws.Normal("texts", batch, Dimensions);
        var images = texts * (1 - 2 * (arange(batch) % 2)).unsqueeze(1);
        LanguageGate.Select(options, new(images), new(texts), new IdentitySpace(Dimensions), One, out var filled);
        Assert.Equal((30, 25), (filled.Images.shape[0], filled.Weights!.sum().item<float>()));
        var (value, share, gradients) = Of(filled);
        var (expected, open, exact) = Of(new(arange(0, batch, 2, ScalarType.Int64)));
        GoldenAssert.Close(expected, value, 1e-6, "value");
        Assert.Equal(open.item<float>(), share.item<float>());
        for (var i = 0; i < exact.Length; i++) GoldenAssert.Close(exact[i], gradients[i], 1e-6, "gradient");

        (Tensor Value, Tensor Share, Tensor[] Gradients) Of(ImageSelection selection)
        {
            var (sentences, prediction) = (Leaf(texts), Draws.Leaf("prediction", batch, 1 + Patches, Dimensions));
            var (term, gate) = LossOf(options, selection, sentences, prediction,
                Draws.Normal("tokens", batch, 1 + Patches, Dimensions), Mask(batch), new IdentitySpace(Dimensions));
            term.Value.backward();
            return (term.Value, gate,
                options.Prototypes == Prototypes.Attached ? [prediction.grad!, sentences.grad!] : [prediction.grad!]);
        }
    }

    [Theory]
    [InlineData(CountedPatches.Hidden)]
    [InlineData(CountedPatches.All)]
    public void No_selected_image_gives_zero_and_zero_gradients(CountedPatches patches)
    {
        using var scope = NewDisposeScope();
        var texts = Draws.Leaf("texts", Batch, Dimensions);
        var prediction = Draws.Leaf("prediction", Batch, 1 + Patches, Dimensions);
        var images = texts.detach().roll(1, 0); // every image retrieves its neighbour's caption
        var options = new LanguageTargetOptions { Prototypes = Prototypes.Attached, Patches = patches };
        var (term, share) = Run(options, images, texts, prediction,
            Draws.Normal("tokens", Batch, 1 + Patches, Dimensions), Mask(Batch),
            new IdentitySpace(Dimensions));
        term.Value.backward();
        Assert.Equal(0, term.Value.item<float>());
        Assert.Equal(0, share.item<float>());
        Assert.True(prediction.grad!.Equals(zeros_like(prediction)));
        Assert.True(texts.grad!.Equals(zeros_like(texts)));
    }

    [Fact]
    public void Nothing_of_the_mask_or_the_selection_is_changed()
    {
        using var scope = NewDisposeScope();
        var mask = Mask(Batch);
        var before = (mask.Visible.clone(), mask.Hidden.clone(), mask.Restore.clone());
        var texts = Draws.Normal("texts", Batch, Dimensions);
        Run(new(), texts, texts, Draws.Leaf("prediction", Batch, 1 + Patches, Dimensions),
            Draws.Normal("tokens", Batch, 1 + Patches, Dimensions),
            mask, new IdentitySpace(Dimensions));
        Assert.True(before.Item1.Equals(mask.Visible) && before.Item2.Equals(mask.Hidden)
            && before.Item3.Equals(mask.Restore));
    }

    [Fact]
    public void The_gate_lists_the_images_that_retrieve_their_own_caption()
    {
        using var scope = NewDisposeScope();
        var texts = eye(4);
        var images = tensor(new float[] { 3, 0, 0, 1, 9, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 2 }, [4, 4]);
        var space = new IdentitySpace(4);
        LanguageGate.Select(new(), new(images), new(texts), space, One, out var correct);
        Assert.Equal([0, 2, 3], correct.Images.data<long>());
        Assert.Null(correct.Weights);
        LanguageGate.Select(new() { Gate = Gate.None }, new(images), new(texts), space, One, out var all);
        Assert.Equal([0, 1, 2, 3], all.Images.data<long>());
    }

    [Fact]
    public void The_first_of_the_other_images_fill_up_an_eighth_and_count_as_0()
    {
        using var scope = NewDisposeScope();
        const int batch = 64;
        var texts = eye(batch);
        var images = texts.roll(1, 0); // only the five images below retrieve their own caption
        foreach (var image in (int[])[3, 17, 18, 40, 63]) images[image] = texts[image];
        LanguageGate.Select(new(), new(images), new(texts), new IdentitySpace(batch), One, out var chosen);
        Assert.Equal([0, 1, 2, 3, 17, 18, 40, 63], chosen.Images.data<long>());
        Assert.Equal([0, 0, 0, 1, 1, 1, 1, 1], chosen.Weights!.data<float>());
    }

    /// <summary>Five of 32 images in four parts pass: three of the first part, two of the last. So the gate takes three
    /// images from each part; none of those from the two middle parts passes.</summary>
    [Fact]
    public void All_parts_get_as_many_images_as_the_one_with_most()
    {
        using var scope = NewDisposeScope();
        const int batch = 32;
        var texts = eye(batch);
        var images = texts.roll(1, 0);
        foreach (var image in (int[])[1, 4, 7, 26, 31]) images[image] = texts[image];
        LanguageGate.Select(new(), new(images), new(texts), new IdentitySpace(batch), new(4), out var chosen);
        Assert.Equal([1, 4, 7, 8, 9, 10, 16, 17, 18, 24, 26, 31], chosen.Images.data<long>());
        Assert.Equal([1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1], chosen.Weights!.data<float>());
    }

    /// <summary>The first of the four parts has no image that counts, neither in the loss nor in its
    /// gradients.</summary>
    [Fact]
    public void Parts_of_the_loss_are_the_loss()
    {
        using var scope = NewDisposeScope();
        const int batch = 8;
        var options = new LanguageTargetOptions { Prototypes = Prototypes.Attached };
        var selection = new ImageSelection(arange(batch), tensor(new float[] { 0, 0, 1, 1, 1, 0, 1, 0 }));
        var (whole, cut) = (Of(1), Of(4));
        foreach (var (expected, actual) in whole.Zip(cut))
            GoldenAssert.CloseInNorm(expected, actual, 1e-6, "value and gradients");

        Tensor[] Of(int parts)
        {
            var (texts, prediction) =
                (Draws.Leaf("texts", batch, Dimensions), Draws.Leaf("prediction", batch, 1 + Patches, Dimensions));
            var (term, _) = LossOf(options, selection, texts, prediction,
                Draws.Normal("tokens", batch, 1 + Patches, Dimensions), Mask(batch), new IdentitySpace(Dimensions),
                parts: parts);
            ActivationCheckpoint.Backward(term.Value);
            return [term.Value, texts.grad!, prediction.grad!];
        }
    }

    [Fact]
    public void A_soft_gate_selects_all_and_with_a_large_scale_is_the_hard_one()
    {
        using var scope = NewDisposeScope();
        var (images, texts) = (Draws.Normal("images", Batch, Dimensions), Draws.Normal("texts", Batch, Dimensions));
        images += texts * (arange(Batch) % 2).unsqueeze(1) * 4;
        LanguageGate.Select(new(), new(images), new(texts), new IdentitySpace(Dimensions), One, out var correct);
        LanguageGate.Select(new() { Gate = Gate.Soft }, new(images), new(texts),
            new IdentitySpace(Dimensions, tensor(1e4f).requires_grad_()), One, out var all);
        Assert.Equal(Batch, all.Images.shape[0]);
        Assert.False(all.Weights!.requires_grad);
        GoldenAssert.Close(zeros(Batch).index_fill_(0, correct.Images, 1), all.Weights, 1e-6, "weights");
    }

    /// <summary>KL and cross entropy differ by the teacher's entropy, which has no gradient.</summary>
    [Fact]
    public void Cross_entropy_trains_as_kl_does_and_the_temperatures_change_nothing_for_mse()
    {
        using var scope = NewDisposeScope();
        var (_, kl) = Gradient(new() { Gate = Gate.None });
        var (_, entropy) = Gradient(new() { Gate = Gate.None, Loss = Comparison.CrossEntropy });
        GoldenAssert.Close(kl, entropy, 1e-6, "gradient");
        var (mse, gradient) = Gradient(new() { Gate = Gate.None, Loss = Comparison.Mse });
        var (hotter, same) = Gradient(new() { Gate = Gate.None, Loss = Comparison.Mse, StudentTemperature = 1,
            TeacherTemperature = 1 });
        Assert.True(mse.Equals(hotter) && gradient.Equals(same));

        static (Tensor Value, Tensor Gradient) Gradient(LanguageTargetOptions options)
        {
            var (texts, prediction) = (Draws.Normal("texts", Batch, Dimensions),
                Draws.Leaf("prediction", Batch, 1 + Patches, Dimensions));
            var (term, _) = Run(options, texts, texts, prediction,
                Draws.Normal("tokens", Batch, 1 + Patches, Dimensions), Mask(Batch), new IdentitySpace(Dimensions));
            term.Value.backward();
            return (term.Value, prediction.grad!);
        }
    }

    [Fact]
    public void The_decoder_predicts_tokens_of_the_backbones_width()
    {
        LanguageShape.Make(new(48), out var target);
        Assert.Equal(48, target.Width);
        var registered = Registrations.Of(new LanguageTargetPlugin());
        Assert.Equal([("target", "language", typeof(LanguageTargetOptions))], registered.Components);
        Assert.Equal([Stage.Setup, Stage.Setup, Stage.Setup, Stage.Forward, Stage.Objective, Stage.Objective,
            Stage.Update], registered.Systems.Values.Select(system => system.Stage));
    }

    static (LossTerm Term, Tensor Gate) Run(LanguageTargetOptions options, Tensor images, Tensor texts,
        Tensor prediction, Tensor tokens,
        PatchMask mask, SharedSpace space, Tensor? past = null)
    {
        LanguageGate.Select(options, new(images), new(texts), space, One, out var selection);
        return LossOf(options, selection, texts, prediction, tokens, mask, space, past);
    }

    internal static (LossTerm Term, Tensor Gate) LossOf(LanguageTargetOptions options, ImageSelection selection,
        Tensor texts, Tensor prediction,
        Tensor tokens, PatchMask mask, SharedSpace space, Tensor? past = null, int parts = 1, int gather = 1,
        PrototypeDirections? directions = null)
    {
        LanguageQueue.Setup(options, space, new("cpu"), out var queue);
        if (past is not null) queue.Push(0, past); // so the queue is full in the second step
        var selected = new PatchPrediction(prediction.index_select(0, selection.Images), mask.Select(selection.Images));
        var (losses, metrics) = (new Append<LossTerm>("arm"), new Append<Metric>("arm"));
        LanguageLoss.Loss(options, selected, new(tokens, 1), selection, new(texts), queue,
            new(past is null ? 0 : options.Queue), space, new(gather), default,
            directions is null ? default : new(directions), new(parts), losses, metrics);
        var metric = Assert.Single(new Collected<Metric>(metrics));
        Assert.Equal("language.gate", metric.Name);
        return (Assert.Single(new Collected<LossTerm>(losses)), metric.Value);
    }

    static int Whole(string number) => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture);

    internal static BatchParts One => new(1);

    internal static PatchMask Mask(int batch) => PatchMask.KeepSmallest(Draws.Normal("noise", batch, Patches), Visible);

    static Tensor Leaf(Tensor values) => values.clone().requires_grad_();
}
