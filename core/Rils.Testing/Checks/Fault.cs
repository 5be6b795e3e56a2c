namespace Rils.Testing.Checks;

/// <summary>A finding of a check, which does not know the kind's name.</summary>
/// <param name="What">What the check saw, in a sentence.</param>
/// <param name="Fix">What the plugin's author does about it.</param>
sealed record Fault(string What, string Fix);
