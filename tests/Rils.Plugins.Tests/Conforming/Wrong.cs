using Rils.Contract;
using Rils.Testing;

namespace Rils.Tests.Conforming;

/// <summary>Holds plugins that are wrong in one way to the contract.</summary>
static class Wrong
{
    /// <summary>Numbers that follow from no seed.</summary>
    public static RandomSequence Elsewhere { get; } = RandomStream.Root(99).Draw();

    /// <summary>No options.</summary>
    public sealed record None;

    public sealed class Plugin(Action<IRilsBuilder> configure) : IPlugin
    {
        public void Configure(IRilsBuilder rils) => configure(rils);
    }

    /// <summary>Asserts that a check finds a mistake, and says how to mend it.</summary>
    public static void Finds(string check, string what, Action<IRilsBuilder> configure)
    {
        var findings = Findings(configure);
        Assert.True(findings.Any(finding => finding.Where.EndsWith($"check \"{check}\"", StringComparison.Ordinal)
            && finding.What.Contains(what)), string.Join("\n", findings));
        Assert.All(findings, finding => Assert.NotEmpty(finding.Fix));
    }

    public static IReadOnlyList<ConformanceFinding> Findings(
        Action<IRilsBuilder> configure, params object[] given) =>
        Assert.Throws<ConformanceException>(() => Conformance.Check(new Plugin(configure), given)).Findings;

    /// <summary>The names of the checks that a plugin passes.</summary>
    public static IEnumerable<string> Checked(Action<IRilsBuilder> configure) =>
        Conformance.Check(new Plugin(configure)).Passed.Select(passed => passed.Split('"')[^2]);

    /// <summary>The checks of an arm in training.</summary>
    public static IReadOnlyList<string> OfArms { get; } =
        ["trains", "same result twice", "resume", "living tensors", "gradients", "parts", "bf16"];
}
