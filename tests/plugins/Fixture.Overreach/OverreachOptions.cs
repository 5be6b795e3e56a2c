namespace Fixture.Overreach;

/// <summary>Options of <c>[overreach]</c>.</summary>
public sealed record OverreachOptions;
