using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The weights that a table of an arm names: a component of every arm that has a table whose options derive from <see cref="WeightsOrigin"/>.</summary>
/// <typeparam name="TOptions">The table's options: an arm may have several such tables.</typeparam>
/// <param name="Title">Whose they are, for messages: <c>arm clip</c>, <c>arm clip of the run /runs/a</c>, a file's path.</param>
/// <param name="MakeBackbone">Makes a backbone as the weights want it, not initialised: of the arm that they come from; for a file that tells
/// of no arm, of the arm that takes them.</param>
/// <param name="Read">Reads them, by name, on the CPU, into the caller's dispose scope; parameters and buffers as <see cref="Weights"/> names them, or
/// whatever another project's file holds. Null where the arm that they come from is of the same experiment and nobody trained it: in
/// a benchmark.</param>
/// <param name="Load">Copies what they have of a module into it, under the names that <see cref="Trainable"/> gives its tensors, or others that it knows by
/// <see cref="IForeignNames"/>; all of its parameters must be there. False where <paramref name="Read"/> is null. Throws an <see cref="ArgumentException"/> that names tensors and shapes where
/// they are not weights of such a module: let it go up, and it is told before training.</param>
public sealed record GivenWeights<TOptions>(
    string Title, Func<Backbone> MakeBackbone, Func<IReadOnlyDictionary<string, Tensor>?> Read, Func<Trainable, bool> Load)
    where TOptions : WeightsOrigin;
