namespace Rils.Scheduling;

/// <summary>The arms of one training run and what they share.</summary>
public sealed class World
{
    readonly List<Entity> arms = [];

    /// <summary>Makes a world without arms, at step 0.</summary>
    public World() => Shared.Set(new Step(0)).Set(new DeviceName(""));

    /// <summary>Holds the components that all arms read; their types are <see cref="IShared"/>.</summary>
    public Entity Shared { get; } = new("shared", "", null);

    /// <summary>The arms, in the order of their names, so that the order in which they were added changes
    /// nothing.</summary>
    public IReadOnlyList<Entity> Arms => arms;

    /// <summary>Adds an arm.</summary>
    /// <param name="name">The arm's name, unique in the world.</param>
    /// <param name="device">The name of the arm's device lane: arms of one device run one after the other, devices side
    /// by side.</param>
    /// <returns>The arm, without components and items.</returns>
    /// <exception cref="InvalidOperationException">There is an arm of that name.</exception>
    public Entity AddArm(string name, string device = "cpu")
    {
        if (arms.Exists(arm => arm.Name == name))
            throw new InvalidOperationException($"there is an arm {name} already");
        var added = new Entity(name, device, null);
        arms.Add(added);
        arms.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return added;
    }
}
