namespace Rils.Abstractions;

/// <summary>Slot <c>[data]</c>: samples by number. Order, shuffling and epochs are the engine's. Read from several threads at once.</summary>
public interface ISource : IDisposable
{
    /// <summary>How many samples there are.</summary>
    int Count { get; }

    /// <summary>Reads one sample.</summary>
    /// <param name="index">From 0 to <see cref="Count"/>, exclusive; the same number is always the same sample.</param>
    /// <exception cref="SampleException">The sample cannot be used; the engine counts it and takes another.</exception>
    Sample Read(int index);
}
