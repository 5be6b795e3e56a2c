using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Moves the parameters of a module that the arm does not train, a teacher's for example, into flat buffers on
/// the arm's device, as the arm's own weights are; under <c>precision = "bf16"</c> with rounded copies
/// (<see cref="Weights.CastToBf16"/>). These parameters have no gradients; no optimizer and no saved model has them.
/// <c>Setup</c> systems read this delegate.</summary>
/// <param name="module">The module, which must not be made in a dispose scope. The module keeps its values, and from
/// then on computes with views of the returned buffers.</param>
/// <returns>The weights, by the names of parameters and buffers in the module. The caller owns them, and disposes them
/// as part of a State.</returns>
public delegate Weights HoldUntrained(nn.Module module);
