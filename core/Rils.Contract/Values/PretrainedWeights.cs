using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The weights that a table of an arm names. The engine gives this component to every arm that has a table
/// whose options derive from <see cref="PretrainedOptions"/>.</summary>
/// <typeparam name="TOptions">The type of the table's options; an arm may have several such tables.</typeparam>
/// <param name="Title">The origin of the weights, for messages: <c>arm clip</c>, <c>arm clip of the run /runs/a</c>, a
/// file's path.</param>
/// <param name="MakeBackbone">Makes a backbone of the shape that the weights need, with its parameters still to be
/// drawn: the backbone of the arm that the weights come from. A file may not say its arm; then the backbone is that of
/// the arm that takes the weights.</param>
/// <param name="Read">Reads the tensors by name, on the CPU, into the caller's dispose scope: parameters and buffers by
/// their names in <see cref="Weights"/>, or the tensors of another project's file by their names there. Returns null
/// where the weights come from an arm of the same experiment that nobody has trained: in a benchmark.</param>
/// <param name="Load">Copies the weights of one module into it. The weights may have the names that
/// <see cref="Trainable"/> gives to the module's tensors, or other names that the module lists by
/// <see cref="IForeignNames"/>; all parameters of the module must be there. Returns false where
/// <paramref name="Read"/> returns null. Throws an <see cref="ArgumentException"/> that names tensors and shapes where
/// the weights are not those of such a module: do not catch it, and the user sees it before training.</param>
public sealed record PretrainedWeights<TOptions>(
    string Title, Func<Backbone> MakeBackbone, Func<IReadOnlyDictionary<string, Tensor>?> Read,
    Func<Trainable, bool> Load)
    where TOptions : PretrainedOptions;
