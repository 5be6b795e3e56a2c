using System.Globalization;

namespace Rils.Contract;

/// <summary>A pass of a step through an arm's backbone. Each has a stream of noise of its own, which begins with the
/// pass's name.</summary>
public readonly record struct BackbonePass
{
    BackbonePass(string name) => Name = name;

    /// <summary>The whole images: <see cref="ImageTokens"/>.</summary>
    public static BackbonePass Images { get; } = new("Images");

    /// <summary>The visible patches: <see cref="VisibleTokens"/>.</summary>
    public static BackbonePass Visible { get; } = new("Visible");

    /// <summary>The name of the pass's stream: another name would be other noise.</summary>
    public string Name { get; }

    /// <summary>One of the <see cref="AugmentedViews"/>.</summary>
    /// <param name="number">The view's number, from 0.</param>
    /// <returns>The pass.</returns>
    public static BackbonePass View(int number) => new(number switch
    {
        0 => "FirstView",
        1 => "SecondView",
        _ => "View" + number.ToString(CultureInfo.InvariantCulture),
    });

    /// <inheritdoc/>
    public override string ToString() => Name;
}
