namespace Rils.Scheduling;

/// <summary>When a system runs in a tick. The stage decides first. In a stage, systems that run once per world come
/// before the first arm; in Observe they come after the last arm.</summary>
readonly record struct Moment(Stage Stage, bool OncePerWorld) : IComparable<Moment>
{
    int Order => 2 * (int)Stage + (OncePerWorld == (Stage == Stage.Observe) ? 1 : 0);

    /// <summary>A number for the lane: 0 for Setup, 1 for the host lane, 2 for a device lane. Appended items live for
    /// one tick of one lane.</summary>
    public int Lane => Stage switch { Stage.Setup => 0, Stage.Load or Stage.Prepare => 1, _ => 2 };

    public int CompareTo(Moment other) => Order.CompareTo(other.Order);

    public override string ToString() => !OncePerWorld || Lane == 1 ? $"{Stage}"
        : Stage == Stage.Observe ? $"{Stage} after the last arm" : $"{Stage} before the first arm";
}
