namespace Fixture.NoContract;

/// <summary>A type in an assembly that does not reference the contract.</summary>
public static class Stranger;
