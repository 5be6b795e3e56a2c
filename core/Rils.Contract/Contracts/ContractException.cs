namespace Rils.Contract;

/// <summary>A plugin made something else than the plugin contract asks for. The message names the plugin, what was
/// expected and what came.</summary>
public sealed class ContractException(string message) : Exception(message);
