namespace Rils.Contract;

/// <summary>Marks a string, or a list of strings, as a path: relative ones are taken from the folder of the file that
/// names them, <c>~/</c> is the home folder.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExperimentPathAttribute : Attribute;
