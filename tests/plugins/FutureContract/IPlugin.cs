namespace Rils.Contract;

/// <summary>The entry point of a plugin in a later contract.</summary>
public interface IPlugin
{
    /// <summary>Registers a plugin without a builder, unlike today's method.</summary>
    void Configure();
}
