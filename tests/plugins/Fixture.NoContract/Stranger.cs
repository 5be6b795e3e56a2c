namespace Fixture.NoContract;

/// <summary>Anything.</summary>
public static class Stranger;
