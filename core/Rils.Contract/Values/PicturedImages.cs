using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The images of the batch that the arm's gallery shows: the first few that the masked pass takes. There are none but in the last training step:
/// a system that reads this rests in every other one.</summary>
/// <remarks>Register such a system with <c>order => order.Onlooker()</c>, and it makes nothing run that the arm could do without.</remarks>
/// <param name="Numbers">Their numbers in the batch, int64 <c>[pictured]</c>. Empty where the arm has selected no image in this step.</param>
/// <param name="Rows">Their rows in <see cref="ImageSelection"/> and so in <see cref="PatchPrediction"/>, int64 <c>[pictured]</c>.</param>
public sealed record PicturedImages(Tensor Numbers, Tensor Rows);
