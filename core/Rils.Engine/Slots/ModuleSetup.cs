using Rils.Contract;
using Rils.Scheduling;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Slots;

/// <summary>A component of the arm that makes the module of its <c>[text]</c>, whose parameters are drawn
/// later.</summary>
delegate TextEncoder MakeTextEncoder();

/// <summary>A component of the arm that makes the module of its <c>[decoder]</c>, whose parameters are drawn
/// later.</summary>
delegate Decoder MakeDecoder(DecoderContext context);

/// <summary>The systems that make an arm's modules. Each draws its parameters from the stream of its slot, so that arms
/// with equal tables start with equal weights.</summary>
static class ModuleSetup
{
    /// <summary>Held while libtorch's own generator is in use: the process has only one.</summary>
    static readonly Lock TorchGenerator = new();

    public static void Backbone(
        in MakeBackbone make, in Seed seed, out Backbone backbone, out BackboneShape shape, out MadeBackbone made,
        Append<Trainable> parts)
    {
        backbone = Drawn(seed, make.Invoke, static (drawn, random) => drawn.Initialize(random), parts);
        (shape, made) = (backbone.Shape, new(backbone));
    }

    public static void Patches(in Offers<ITokenBackbone> _, in MadeBackbone made, out PatchShape shape) =>
        shape = ((ITokenBackbone)made.Module).Patches;

    public static void Text(
        in MakeTextEncoder make, in Seed seed, out TextEncoder text, out TextShape shape, Append<Trainable> parts)
    {
        text = Drawn(seed, make.Invoke, static (made, random) => made.Initialize(random), parts);
        shape = text.Shape;
    }

    public static void Space(in MakeSpace make, in Seed seed, in BackboneShape image, in Maybe<TextShape> text,
        out SharedSpace space, out SpaceShape shape, Append<Trainable> parts)
    {
        var (maker, context) = (make, new SpaceContext(image, text.TryGet(out var own) ? own : null));
        space = Drawn(seed, () => maker(context), static (made, random) => made.Initialize(random), parts);
        shape = new(space.Dimensions);
    }

    public static void Decoder(in MakeDecoder make, in Seed seed, in BackboneShape image, in PatchShape patches,
        in TargetShape target, out Decoder decoder, Append<Trainable> parts)
    {
        var (maker, context) = (make, new DecoderContext(image, patches, target));
        decoder = Drawn(seed, () => maker(context), static (made, random) => made.Initialize(random), parts);
    }

    /// <summary>Makes a module and draws its parameters. The method also seeds libtorch's own generator, so that a
    /// parameter that a module leaves to libtorch's default is reproducible.</summary>
    static T Drawn<T>(Seed seed, Func<T> make, Action<T, RandomStream> draw, Append<Trainable> parts)
        where T : nn.Module
    {
        var slot = SlotTable.Engine.Of<T>();
        var random = seed.Initialization(slot.Table);
        T made;
        lock (TorchGenerator)
        {
            torch.manual_seed(random.Seed());
            made = make();
            foreach (var (name, parameter) in made.named_parameters()) Held.Present(parameter, name, made);
        }
        draw(made, random);
        parts.Add(new(slot.Prefix, made));
        return made;
    }
}
