namespace Rils.Contract;

/// <summary>The names that a head may use in messages, and its stream of random numbers.</summary>
/// <param name="Name">The head's name in the experiment.</param>
/// <param name="Arm">The name of the arm that the head evaluates; empty for a head that the engine makes only to check
/// its options, when it loads the experiment.</param>
/// <param name="Random">The stream of the head, by its name and the seed: the same for all arms and in every
/// evaluation. A head that shall draw anew in each evaluation forks the stream by a count of its own.</param>
public sealed record HeadContext(string Name, string Arm, RandomStream Random = default)
{
    /// <summary>The names of the classes of the head's data, in the order of the class numbers
    /// (<see cref="ISource.ClassNames"/>); null where the data does not name its classes.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Whether the head's data may have classes: false where its source gives no <see cref="Label"/>, and
    /// where none of some samples, evenly spread over the data, has one.</summary>
    public bool MayHaveClasses { get; init; } = true;
}
