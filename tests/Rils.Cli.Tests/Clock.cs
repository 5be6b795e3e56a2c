namespace Rils.Tests.Cli;

/// <summary>A clock that a test moves.</summary>
sealed class Clock : TimeProvider
{
    long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public void Pass(double seconds) => ticks += (long)(seconds * TimeSpan.TicksPerSecond);
}
