namespace Rils.Contract;

/// <summary>Marks an option, a string or a list of strings, as a path. The engine makes a relative path absolute: it
/// starts at the folder of the file that names it, and <c>~/</c> is the home folder.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExperimentPathAttribute : Attribute;
