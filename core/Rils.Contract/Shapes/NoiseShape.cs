namespace Rils.Contract;

/// <summary>The noise that one sample of a backbone's pass takes. Both numbers are at least 1.</summary>
/// <param name="Blocks">Number of blocks; those that leave nothing to chance count too.</param>
/// <param name="Branches">Number of branches of a block: 2 where attention and MLP are left out apart.</param>
public readonly record struct NoiseShape(int Blocks, int Branches);
