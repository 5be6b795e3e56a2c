using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The facts about a model that its passes over parts of a batch need.</summary>
sealed class PartedModel
{
    static readonly ConditionalWeakTable<nn.Module, PartedModel> Known = [];
    static readonly PartedModel WithoutModule = new(null);

    readonly nn.Module? module;
    readonly Parameter[] parameters;
    readonly ConcurrentDictionary<MethodInfo, bool> passed = [];

    /// <summary>Whether a sample's result is the same with other samples in the batch and without.</summary>
    readonly bool isPerSample;

    PartedModel(nn.Module? module)
    {
        this.module = module;
        nn.Module[] layers = module is null ? [] : [module, .. module.modules()];
        parameters = module is null ? [] : [.. module.parameters()];
        Statistics = new(module);
        isPerSample = !layers.Any(LooksAcross);
    }

    /// <summary>The module, or words for a function without one: named in messages.</summary>
    public object Maker => module ?? (object)"a function";

    /// <summary>The model's batch norms.</summary>
    public MovingStatistics Statistics { get; }

    /// <summary>Finds the facts about a module, whose layers and parameters must no longer change, or about a function
    /// without a module.</summary>
    public static PartedModel Of(nn.Module? module) =>
        module is null ? WithoutModule : Known.GetValue(module, static given => new(given));

    /// <summary>Tells into how many parts samples are cut: as many as a batch, or one for each sample where there are
    /// fewer. One part on CUDA, inside a part of a batch, and where a layer looks at the whole batch.</summary>
    /// <param name="samples">The samples, <c>[samples, ...]</c>.</param>
    /// <param name="ofBatch">The number of parts of a batch.</param>
    public int Parts(Tensor samples, int ofBatch) =>
        isPerSample && !Core.IsCurrent && samples.device_type == TorchSharp.DeviceType.CPU
            ? (int)Math.Clamp(samples.size(0), 1, ofBatch) : 1;

    /// <summary>Whether a backward pass through a function has ever come to its end.</summary>
    public bool HasPassed(Delegate function) => passed.ContainsKey(function.Method);

    /// <summary>Remembers that a backward pass through a function has come to its end.</summary>
    public void Passed(Delegate function) => passed[function.Method] = true;

    /// <summary>Whether any parameter wants a gradient.</summary>
    public bool IsTrained => parameters.Any(parameter => parameter.requires_grad);

    /// <summary>The parameters that want a gradient.</summary>
    public Parameter[] Trained() => [.. parameters.Where(parameter => parameter.requires_grad)];

    // Batch norm takes its moments from the batch. Dropout draws from a generator that all threads share; some layers
    // hold dropout inside libtorch, where it cannot be seen.
    static bool LooksAcross(nn.Module layer) => MovingStatistics.Has(layer) || layer is
        ILooksAcrossSamples
        or Dropout or Dropout1d or Dropout2d or Dropout3d or AlphaDropout or FeatureAlphaDropout or RReLU
        or MultiheadAttention or TransformerEncoderLayer or TransformerDecoderLayer or Transformer
        or LSTM or GRU or RNN;
}
