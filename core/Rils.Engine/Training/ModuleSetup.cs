using Rils.Contract;
using Rils.Scheduling;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Makes the arm's modules. Each is drawn from the stream of its slot, so arms with like components start alike.</summary>
static class ModuleSetup
{
    public const string VisualPrefix = "visual.";

    /// <summary>The process has one; devices set up their arms side by side.</summary>
    static readonly Lock TorchGenerator = new();

    public static void Backbone(in MakeBackbone make, in Seed seed, out Backbone backbone, out BackboneShape shape, Append<Trainable> parts)
    {
        backbone = Seeded(seed, "backbone", make.Invoke);
        backbone.Initialize(seed.Initialization("backbone"));
        shape = backbone.Shape;
        parts.Add(new(VisualPrefix, backbone));
    }

    public static void Text(in MakeTextEncoder make, in Seed seed, out TextEncoder text, out TextShape shape, Append<Trainable> parts)
    {
        text = Seeded(seed, "text", make.Invoke);
        text.Initialize(seed.Initialization("text"));
        shape = text.Shape;
        parts.Add(new("", text));
    }

    public static void Space(in MakeSpace make, in Seed seed, in BackboneShape image, in Maybe<TextShape> text, out SharedSpace space, Append<Trainable> parts)
    {
        var (maker, context) = (make, new SpaceContext(image, text.TryGet(out var shape) ? shape : null));
        space = Seeded(seed, "space", () => maker(context));
        space.Initialize(seed.Initialization("space"));
        parts.Add(new("", space));
    }

    public static void Decoder(in MakeDecoder make, in Seed seed, in BackboneShape image, in TargetShape target, out Decoder decoder, Append<Trainable> parts)
    {
        var (maker, context) = (make, new DecoderContext(image, target));
        decoder = Seeded(seed, "decoder", () => maker(context));
        decoder.Initialize(seed.Initialization("decoder"));
        parts.Add(new(VisualPrefix, decoder));
    }

    /// <summary>Seeds torch's own generator too: a module that leaves a parameter to torch's default is reproducible as well.</summary>
    static T Seeded<T>(Seed seed, string slot, Func<T> make) where T : nn.Module
    {
        lock (TorchGenerator)
        {
            torch.manual_seed(seed.Initialization(slot).Seed());
            var made = make();
            foreach (var (name, parameter) in made.named_parameters()) Held.Present(parameter, name, made);
            return made;
        }
    }
}
