namespace Rils.Scheduling;

/// <summary>A scope that does nothing.</summary>
sealed class NoScope : IDisposable
{
    public static readonly NoScope Instance = new();

    public void Dispose()
    {
    }
}
