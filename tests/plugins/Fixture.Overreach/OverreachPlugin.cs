namespace Fixture.Overreach;

/// <summary>Blurs the images of all arms from within one of them, and changes its own options as it goes.</summary>
public sealed class OverreachPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Component<OverreachOptions>("overreach")
        .System(Stage.Forward, "overreach.blur", Blur)
        .System(Stage.Update, "overreach.anneal", Anneal);

    static void Blur(in ImageTokens tokens, ref Images images)
    {
    }

    static void Anneal(in Weights weights, ref OverreachOptions options)
    {
    }
}
