namespace Rils.Contract;

/// <summary>The names that a head may use in messages.</summary>
/// <param name="Name">The head's name in the experiment.</param>
/// <param name="Arm">The name of the arm that the head evaluates; empty for a head that the engine makes only to check
/// its options, when it loads the experiment.</param>
public sealed record HeadContext(string Name, string Arm);
