using Rils.Contract;
using Rils.Scheduling;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Slots;

/// <summary>Makes the arm's <c>[text]</c>, its parameters still to be drawn: a component of the arm.</summary>
delegate TextEncoder MakeTextEncoder();

/// <summary>Makes the arm's <c>[decoder]</c>, its parameters still to be drawn: a component of the arm.</summary>
delegate Decoder MakeDecoder(DecoderContext context);

/// <summary>Makes the arm's modules. Each is drawn from the stream of its slot, so arms with like components start
/// alike.</summary>
static class ModuleSetup
{
    /// <summary>The process has one; devices set up their arms side by side.</summary>
    static readonly Lock TorchGenerator = new();

    public static void Backbone(
        in MakeBackbone make, in Seed seed, out Backbone backbone, out BackboneShape shape, Append<Trainable> parts)
    {
        backbone = Drawn(seed, make.Invoke, static (made, random) => made.Initialize(random), parts);
        shape = backbone.Shape;
    }

    public static void Text(
        in MakeTextEncoder make, in Seed seed, out TextEncoder text, out TextShape shape, Append<Trainable> parts)
    {
        text = Drawn(seed, make.Invoke, static (made, random) => made.Initialize(random), parts);
        shape = text.Shape;
    }

    public static void Space(in MakeSpace make, in Seed seed, in BackboneShape image, in Maybe<TextShape> text,
        out SharedSpace space, Append<Trainable> parts)
    {
        var (maker, context) = (make, new SpaceContext(image, text.TryGet(out var shape) ? shape : null));
        space = Drawn(seed, () => maker(context), static (made, random) => made.Initialize(random), parts);
    }

    public static void Decoder(in MakeDecoder make, in Seed seed, in BackboneShape image, in TargetShape target,
        out Decoder decoder, Append<Trainable> parts)
    {
        var (maker, context) = (make, new DecoderContext(image, target));
        decoder = Drawn(seed, () => maker(context), static (made, random) => made.Initialize(random), parts);
    }

    /// <summary>Seeds torch's own generator too: a module that leaves a parameter to torch's default is reproducible as
    /// well.</summary>
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
