namespace Rils.Configuration.Settings;

/// <summary>Marks an option that is a table, and takes a word for having none: <c>shuffle = "full"</c>.</summary>
/// <param name="word">The word.</param>
[AttributeUsage(AttributeTargets.Property)]
sealed class WordAttribute(string word) : Attribute
{
    /// <summary>The word.</summary>
    public string Word => word;
}
