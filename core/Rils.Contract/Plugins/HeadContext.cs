namespace Rils.Contract;

/// <summary>What a head may count on.</summary>
/// <param name="Name">The head's name in the experiment.</param>
/// <param name="Arm">The arm that it evaluates.</param>
public sealed record HeadContext(string Name, string Arm);
