namespace Fixture.Trespass;

/// <summary>Options of <c>[backbone] kind = "trespass"</c>.</summary>
public sealed record TrespassBackboneOptions;
