namespace Rils.Analysis.Findings;

/// <summary>The arm of a sweep that is best on the validation data, by the primary metric's mean over the
/// seeds.</summary>
/// <param name="FileArm">The name of the arm in the file: one of the arms that the sweep made of it is chosen.</param>
/// <param name="Arm">The name of the chosen arm.</param>
/// <param name="Validation">The figures on the validation data, by which the arm was chosen.</param>
/// <param name="Test">The figures on the test data, which had no say.</param>
public sealed record ChosenArm(string FileArm, string Arm, ArmComparison Validation, ArmComparison Test);
