using Fixture.Library;

namespace Fixture.Good;

/// <summary>Registers a masking, a component and a system.</summary>
public sealed class GoodPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Masking<GoodOptions>("first", static (_, _) => new FirstPatches())
        .Component<GoodOptions>("good")
        .System(Stage.Update, "good.update", Update, order => order.After("optimizer.step"));

    static void Update(in GoodOptions options, in Step step)
    {
    }
}
