using Rils.Configuration;

namespace Rils.Testing.Checks;

/// <summary>The check of every kind: users read what an option is.</summary>
static class OptionsCheck
{
    public static IEnumerable<Fault> Documented(object options)
    {
        var keys = OptionKey.Of(options.GetType());
        string[] bare = [.. keys.Where(key => key.Description.Length == 0).Select(key => key.Key)];
        if (bare.Length > 0)
            yield return new($"`rils plugins` cannot say what {string.Join(", ", bare)} of {options.GetType().Name} is",
                "write a <summary> for each property, and set GenerateDocumentationFile in the plugin's project");
    }
}
