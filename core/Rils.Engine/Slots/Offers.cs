namespace Rils.Engine.Slots;

/// <summary>A component of the arms whose backbone's class implements an interface, which is known before the backbone
/// is made.</summary>
/// <typeparam name="TAbility">The interface: <c>ITokenBackbone</c>.</typeparam>
sealed record Offers<TAbility>;
