using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The images of the batch that the arm's gallery shows: the first few that the masked pass takes. The engine
/// makes them in the last training step only, so a system that reads this rests in every other step.</summary>
/// <remarks>Register such a system with <c>order => order.Passive()</c>: then no other system runs for its
/// sake.</remarks>
/// <param name="Numbers">The images' numbers in the batch, from 0: int64 <c>[pictured]</c>. Empty where the arm has
/// selected no image in this step.</param>
/// <param name="Rows">The images' rows in <see cref="ImageSelection"/>, and so in <see cref="PatchPrediction"/>: int64
/// <c>[pictured]</c>.</param>
public sealed record PicturedImages(Tensor Numbers, Tensor Rows);
