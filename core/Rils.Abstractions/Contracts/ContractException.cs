namespace Rils.Abstractions;

/// <summary>What a plugin made is not what the plugin contract asks for. The message says what was expected, what came, and of which plugin.</summary>
public sealed class ContractException(string message) : Exception(message);
