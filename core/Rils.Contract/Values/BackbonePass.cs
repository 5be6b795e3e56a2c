namespace Rils.Contract;

/// <summary>The passes of a step through an arm's backbone. Each has a stream of noise of its own, which begins with
/// the member's name: another name would be other noise.</summary>
public enum BackbonePass
{
    /// <summary>The whole images: <see cref="ImageTokens"/>.</summary>
    Images,
    /// <summary>The visible patches: <see cref="VisibleTokens"/>.</summary>
    Visible,
    /// <summary>The first of the <see cref="AugmentedViews"/>.</summary>
    FirstView,
    /// <summary>The second of the <see cref="AugmentedViews"/>.</summary>
    SecondView,
}
