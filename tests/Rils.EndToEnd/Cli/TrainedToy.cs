namespace Rils.Tests.Cli;

/// <summary>A finished run of <see cref="Toy"/> with two seeds: arms that embed images and texts, one with an average
/// of its weights, and one that has no shared space.</summary>
public sealed class TrainedToy : IDisposable
{
    const string Further = """

        [[arm]]
        name = "averaged"
        average = { momentum = 0.9 }
        [[arm]]
        name = "mae"
        masking = { kind = "random", ratio = 0.75 }
        decoder = { kind = "mae" }
        target = { kind = "pixel" }
        objective = "none"
        """;

    readonly Toy toy = new();

    /// <summary>The experiment of the run.</summary>
    internal static string Text { get; } = Toy.Text.Replace("[[head]]", $"{Further}\n[[head]]");

    public TrainedToy() => Command.Here("run", toy.Write("more.toml", Text), "--out", Run,
        "--set", "steps=3", "--set", "seeds=[0,1]").Returns(0);

    /// <summary>The run's folder.</summary>
    public string Run => toy["run"];

    public string this[string name] => toy[name];

    public string Write(string name, string text) => toy.Write(name, text);

    public void Dispose() => toy.Dispose();
}
