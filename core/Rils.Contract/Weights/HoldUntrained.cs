using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Gives a module that the arm does not train, a teacher's, weights like the arm's own: on its device, in flat buffers, under
/// <c>precision = "bf16"</c> with rounded copies (<see cref="Weights.Round"/>). They have no gradients, and no optimizer and no saved model knows them.
/// <c>Setup</c> systems read this.</summary>
/// <param name="module">Not made in a dispose scope. It keeps its values, and computes with views of what is returned.</param>
/// <returns>By the names that parameters and buffers have in the module. The caller's to dispose: as part of a State.</returns>
public delegate Weights HoldUntrained(nn.Module module);
