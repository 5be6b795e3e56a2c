namespace Rils.Engine.Loading;

/// <summary>A head as the file gives it.</summary>
/// <param name="Name">Unique in the experiment.</param>
/// <param name="Settings">What every head has.</param>
/// <param name="Table">Its kind and options.</param>
sealed record HeadDefinition(string Name, HeadSettings Settings, BoundTable Table);
