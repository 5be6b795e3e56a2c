using Rils.Contract;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace Rils.Testing.Arms;

/// <summary>The models of the kit's arm, a few thousand parameters together. Every parameter gets a gradient in every
/// pass, and a sample's result depends on no other.</summary>
static class TinyModules
{
    public const int Width = 16, Context = 12, Side = 4;

    /// <summary>So many layers that those which a head reads are among them.</summary>
    public static BackboneShape Shape { get; } = new(Width) { Layers = 64 };

    /// <summary>Makes features of layers out of the last one's, which stay as they are.</summary>
    static Tensor[] LayersOf(Tensor last, IReadOnlyList<int> layers)
    {
        using (last) return [.. layers.Select(layer => last * ((double)layer / Shape.Layers))];
    }

    static readonly double Scale = Math.Log(1 / 0.07);

    /// <summary>A linear layer without bias in the type of its weight, whatever the type of the rows.</summary>
    static Tensor Apply(Linear linear, Tensor rows) => linear.forward(rows.to(linear.weight!.dtype));

    static void Draw(nn.Module module, RandomStream random)
    {
        foreach (var (name, parameter) in module.named_parameters())
            Initialization.Normal(parameter, 0.3, random.Fork(name));
    }

    /// <summary>A backbone of features alone: a linear layer of the mean colours of the patches.</summary>
    public sealed class Colours : Backbone, ILayeredFeatures
    {
        readonly Linear tinyPatch = nn.Linear(3, Width, hasBias: false);

        public Colours() : base("tiny-features") => RegisterComponents();

        public override BackboneShape Shape => TinyModules.Shape;

        public override long Flops => 2 * 3 * Width;

        public IReadOnlyList<Tensor> LayerFeatures(Tensor images, IReadOnlyList<int> layers) =>
            LayersOf(Features(images), layers);

        public override Tensor Features(Tensor images)
        {
            using var scope = NewDisposeScope();
            return Apply(tinyPatch, images.mean([2L, 3L])).tanh().MoveToOuterDisposeScope();
        }

        public override void Initialize(RandomStream random) => Draw(this, random);
    }

    /// <summary>A backbone of tokens: a linear layer of each patch, and a second one that sees the mean of all
    /// tokens.</summary>
    public sealed class Tokens : Backbone, IMaskedBackbone, IAttentionMaps, ILayeredFeatures
    {
        readonly Linear tinyPatch, tinyMix = nn.Linear(Width, Width, hasBias: false);
        readonly Parameter tinyClass = new(zeros(1, 1, Width));

        public Tokens(int image) : base("tiny")
        {
            Patches = TinyModules.Patches(image);
            tinyPatch = nn.Linear(3 * Patches.PatchSize * Patches.PatchSize, Width, hasBias: false);
            RegisterComponents();
        }

        public override BackboneShape Shape => TinyModules.Shape;

        public PatchShape Patches { get; }

        public IReadOnlyList<Tensor> LayerFeatures(Tensor images, IReadOnlyList<int> layers) =>
            LayersOf(Features(images), layers);

        public override long Flops => VisibleFlops(Patches.Grid.Count);

        public long VisibleFlops(int visible) => 2 * visible * Width * (tinyPatch.weight!.shape[1] + Width);

        public override Tensor Features(Tensor images)
        {
            using var scope = NewDisposeScope();
            return Pool(Encode(images)).MoveToOuterDisposeScope();
        }

        public Tensor Encode(Tensor images)
        {
            using var scope = NewDisposeScope();
            return Mixed(Split(images)).MoveToOuterDisposeScope();
        }

        public Tensor EncodeVisible(Tensor images, Tensor visible)
        {
            using var scope = NewDisposeScope();
            return Mixed(ImageTokens.PickRows(Split(images), visible)).MoveToOuterDisposeScope();
        }

        public Tensor Pool(Tensor tokens) => tokens.mean([1L]);

        public int AttentionLayers => 1;

        public int AttentionPrefix => Patches.Prefix;

        /// <summary>The softmax of the tokens' products with each other.</summary>
        public IReadOnlyList<Tensor> Attention(Tensor images, IReadOnlyList<int> layers)
        {
            using var scope = NewDisposeScope();
            var tokens = Mixed(Split(images)).to(ScalarType.Float32);
            return [tokens.matmul(tokens.transpose(1, 2)).softmax(-1).unsqueeze(1).MoveToOuterDisposeScope()];
        }

        public long AttentionFlops(IReadOnlyList<int> layers) => Flops;

        public override void Initialize(RandomStream random) => Draw(this, random);

        /// <summary>The pixels of each patch, <c>[images, patches, 3 * side * side]</c>.</summary>
        Tensor Split(Tensor images)
        {
            var (count, side) = (images.shape[0], Patches.PatchSize);
            return images.reshape(count, 3, Side, side, Side, side).permute(0, 2, 4, 1, 3, 5)
                .reshape(count, Side * Side, 3L * side * side);
        }

        Tensor Mixed(Tensor patches)
        {
            var tokens = Apply(tinyPatch, patches).tanh();
            var all = cat([tinyClass.expand(tokens.shape[0], 1, Width), tokens], 1);
            return all + Apply(tinyMix, all + all.mean([1L], keepdim: true)).tanh();
        }
    }

    /// <summary>The patches of the token backbone: four by four, a class token before them.</summary>
    public static PatchShape Patches(int image) => new(new(Side, Side), image / Side, Prefix: 1);

    /// <summary>The mean of the words' vectors, and a linear layer.</summary>
    public sealed class Words : TextEncoder
    {
        readonly Parameter tinyWords;
        readonly Linear tinyTextLayer = nn.Linear(Width, Width, hasBias: false);

        public Words(int vocabulary) : base("tiny")
        {
            tinyWords = new(zeros(vocabulary, Width));
            RegisterComponents();
        }

        public override TextShape Shape => new(Width, Context);

        public override Tensor Encode(Tensor tokens)
        {
            using var scope = NewDisposeScope();
            var vectors = tinyWords.index_select(0, tokens.flatten()).reshape(tokens.shape[0], tokens.shape[1], Width);
            var isWord = tokens.ne(0).unsqueeze(-1).to(vectors.dtype);
            var mean = (vectors * isWord).sum([1L]) / isWord.sum([1L]);
            return Apply(tinyTextLayer, mean).tanh().MoveToOuterDisposeScope();
        }

        public override void Initialize(RandomStream random) => Draw(this, random);

        public override long Flops(int tokens) => 2 * Width * (tokens + Width);
    }

    /// <summary>A linear layer for each side, and a logit scale.</summary>
    public sealed class Space : SharedSpace
    {
        readonly Linear tinyImageLayer;
        readonly Linear? tinyTextSide;
        readonly Parameter tinyScale = new(zeros(Array.Empty<long>()));

        public Space(SpaceContext context) : base("tiny")
        {
            tinyImageLayer = nn.Linear(context.Backbone.Width, Width, hasBias: false);
            tinyTextSide = context.Text is { } text ? nn.Linear(text.Width, Width, hasBias: false) : null;
            RegisterComponents();
        }

        public override int Dimensions => Width;

        public override Tensor LogitScale => tinyScale.to(ScalarType.Float32).exp();

        public override Tensor ProjectImages(Tensor features) => Project(tinyImageLayer, features);

        public override Tensor ProjectTexts(Tensor features) => Project(tinyTextSide!, features);

        static Tensor Project(Linear linear, Tensor features)
        {
            using var scope = NewDisposeScope();
            return Apply(linear, features).MoveToOuterDisposeScope();
        }

        public override void Initialize(RandomStream random)
        {
            Draw(this, random);
            using var constant = no_grad();
            tinyScale.fill_(Scale);
        }
    }

    /// <summary>A linear layer of each token and its place, with a learned token for hidden patches.</summary>
    public sealed class Predictor : Decoder
    {
        readonly Parameter tinyHidden, tinyPlaces;
        readonly Linear tinyPrediction;

        public Predictor(DecoderContext context) : base("tiny")
        {
            var width = context.Backbone.Width;
            tinyHidden = new(zeros(1, 1, width));
            tinyPlaces = new(zeros(1, context.Patches.Prefix + context.Patches.Grid.Count, width));
            tinyPrediction = nn.Linear(width, context.Target.Width, hasBias: false);
            RegisterComponents();
        }

        public override Tensor Predict(Tensor tokens, Tensor restore)
        {
            using var scope = NewDisposeScope();
            var prefix = tinyPlaces.shape[1] - restore.shape[1];
            var missing = tinyPlaces.shape[1] - tokens.shape[1];
            var known = tokens.to(tinyPlaces.dtype);
            var all = cat([known, tinyHidden.expand(tokens.shape[0], missing, -1)], 1);
            var patches = ImageTokens.PickRows(all.narrow(1, prefix, restore.shape[1]), restore);
            var placed = cat([all.narrow(1, 0, prefix), patches], 1) + tinyPlaces + known.mean([1L], keepdim: true);
            return Apply(tinyPrediction, placed.tanh()).MoveToOuterDisposeScope();
        }

        public override void Initialize(RandomStream random) => Draw(this, random);

        public override long Flops(int visible) => 2 * tinyPlaces.shape[1] * tinyPrediction.weight!.numel();
    }
}
