using Rils.Contract;

namespace Rils.Testing.Tensors;

/// <summary>The contexts that kinds are made with where a test gives none.</summary>
static class TinyContext
{
    const int Width = 64;

    static readonly object[] all =
    [
        TinyBatch.Experiment, new DataContext(TinyBatch.ImageSize), new SpaceContext(new(Width), new(Width, 16)),
        new DecoderContext(new(Width), new(new(4, 4), TinyBatch.ImageSize / 4, Prefix: 1), new(12)),
        new HeadContext("tiny", "arm", RandomStream.Root(0)), new SinkContext("tiny"),
    ];

    /// <summary>The context of a type; null for data, which only a test has.</summary>
    public static object? Find(Type type) => all.FirstOrDefault(type.IsInstanceOfType);
}
