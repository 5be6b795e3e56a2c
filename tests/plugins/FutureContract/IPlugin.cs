namespace Rils.Contract;

/// <summary>An entry point of a time to come.</summary>
public interface IPlugin
{
    /// <summary>Takes nothing.</summary>
    void Configure();
}
