namespace Rils.Contract;

/// <summary>A plugin made something else than the plugin contract asks for.</summary>
/// <param name="message">Names the plugin, the expected value and the one that came.</param>
public sealed class ContractException(string message) : Exception(message);
