namespace Rils.Contract;

/// <summary>Marks an option, a string or a list of strings, as a path. The engine makes a relative path absolute: it
/// starts at the folder of the file that names it, and <c>~/</c> is the home folder.</summary>
/// <param name="word">A word that the option takes too and that is no path: <c>auto</c>; null where all are paths. A
/// file of that name is written <c>./auto</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExperimentPathAttribute(string? word = null) : Attribute
{
    /// <summary>The word that is no path; null where all are paths.</summary>
    public string? Word => word;
}
