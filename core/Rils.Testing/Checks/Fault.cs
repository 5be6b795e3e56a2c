namespace Rils.Testing.Checks;

/// <summary>A finding of a check, which does not know the kind's name.</summary>
/// <param name="What">A sentence that says how the kind breaks the contract.</param>
/// <param name="Fix">The change that the plugin's author makes.</param>
sealed record Fault(string What, string Fix);
