using Rils.Configuration;

namespace Rils.Tests.Engine.Experiments;

/// <summary>Trees as compact text, for expectations.</summary>
static class Trees
{
    public static TableNode Parse(string toml)
    {
        var problems = new Problems();
        var root = TomlText.Parse(toml, "x.toml", problems, out _);
        Assert.Empty(problems);
        return root;
    }

    /// <summary><c>{kind: "random", ratio: 0.75}</c></summary>
    public static string Show(TomlNode? node) => node switch
    {
        null => "nothing",
        ScalarNode scalar => scalar.Text,
        ArrayNode array => $"[{string.Join(", ", array.Items.Select(Show))}]",
        TableNode table =>
            $"{{{string.Join(", ", table.Entries.Select(entry => $"{entry.Key}: {Show(entry.Value)}"))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    public static string Show(ExperimentTree tree) =>
        string.Join('\n', tree.Arms.Select(arm => $"{arm.Name} {Show(arm.Tables)}").Prepend(Show(tree.Root)));
}
