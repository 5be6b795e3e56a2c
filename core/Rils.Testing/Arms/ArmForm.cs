namespace Rils.Testing.Arms;

/// <summary>How an experiment of the kit is run.</summary>
/// <param name="Parts">The number of parts that a batch is cut into.</param>
/// <param name="Batch">The number of samples of a batch, also in an evaluation.</param>
/// <param name="Precision">The precision, as a file names it.</param>
/// <param name="GivesAll">Whether samples have components that nobody wants.</param>
sealed record ArmForm(int Parts = 2, int Batch = 8, string Precision = "fp32", bool GivesAll = false);
