namespace Rils.Engine.Trained;

/// <summary>Some rows of a matrix, each with the cells that name it.</summary>
/// <param name="Rows">fp32 <c>[rows, columns]</c>.</param>
/// <param name="Names">The cells of each row.</param>
sealed record NamedRows(float[,] Rows, IReadOnlyList<IReadOnlyList<string>> Names);
