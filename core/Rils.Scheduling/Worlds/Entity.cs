namespace Rils.Scheduling;

/// <summary>The world itself, an arm, or an item of an arm (one of several objectives): a bag of components, at most
/// one of each type.</summary>
public sealed class Entity
{
    readonly Dictionary<Type, object> components = [];

    internal Entity(string name, string device, Entity? arm) => (Name, Device, Arm) = (name, device, arm);

    /// <summary>The name; unique among the arms of a world, and among the items of an arm.</summary>
    public string Name { get; }

    /// <summary>The name of the device lane that the entity's systems run on; empty for the world.</summary>
    public string Device { get; }

    /// <summary>The arm that an item belongs to; null for an arm and for the world.</summary>
    public Entity? Arm { get; }

    /// <summary>The items of an arm, in the order of their names.</summary>
    public IReadOnlyList<Entity> Items => items;

    readonly List<Entity> items = [];

    internal IReadOnlyDictionary<Type, object> Components => components;

    /// <summary>Gives the entity a component; a second one of the same type replaces the first.</summary>
    /// <typeparam name="T">The type under which systems read the component.</typeparam>
    /// <param name="component">The component.</param>
    /// <returns>This entity.</returns>
    public Entity Set<T>(T component) where T : notnull => Set(typeof(T), component);

    /// <summary>Gives the entity a component under a type that is known only at run time.</summary>
    /// <param name="type">The type under which systems read the component.</param>
    /// <param name="component">The component; it replaces one of the same type.</param>
    /// <returns>This entity.</returns>
    /// <exception cref="ArgumentException"><paramref name="component"/> is no <paramref name="type"/>.</exception>
    public Entity Set(Type type, object component)
    {
        if (!type.IsInstanceOfType(component))
            throw new ArgumentException($"{component.GetType().Name} is no {type.Name}", nameof(component));
        components[type] = component;
        return this;
    }

    /// <summary>Gives the entity the type of a component without the component, to make a plan that nobody runs: a plan
    /// asks only whether the entity has the type.</summary>
    /// <param name="type">The type as systems name it.</param>
    /// <returns>This entity.</returns>
    public Entity Promise(Type type)
    {
        components[type] = null!;
        return this;
    }

    /// <summary>Whether the entity has a component of a type.</summary>
    /// <param name="type">The type under which the component was set.</param>
    /// <returns>True where there is one. Values and State that systems made are no components.</returns>
    public bool Has(Type type) => components.ContainsKey(type);

    /// <summary>Finds the component of a type.</summary>
    /// <typeparam name="T">The type under which the component was set.</typeparam>
    /// <returns>The component.</returns>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public T Get<T>() => (T)components[typeof(T)];

    /// <summary>Finds the component of a type that the entity may lack.</summary>
    /// <typeparam name="T">The type under which the component was set.</typeparam>
    /// <returns>The component; null where there is none.</returns>
    public T? Find<T>() where T : class => (T?)Find(typeof(T));

    /// <summary>Finds the component of a type that is known only at run time.</summary>
    /// <param name="type">The type under which the component was set.</param>
    /// <returns>The component; null where the entity has none.</returns>
    public object? Find(Type type) => components.GetValueOrDefault(type);

    /// <summary>Gives an arm an item.</summary>
    /// <param name="name">The item's name, unique in the arm.</param>
    /// <returns>The item, without components, on the arm's device.</returns>
    /// <exception cref="InvalidOperationException">This entity is itself an item, or has an item of that
    /// name.</exception>
    public Entity AddItem(string name)
    {
        if (Arm is not null) throw new InvalidOperationException($"{Name} is an item and can have none");
        if (items.Exists(item => item.Name == name))
            throw new InvalidOperationException($"{Name} has an item {name} already");
        var item = new Entity(name, Device, this);
        items.Add(item);
        items.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return item;
    }

    /// <inheritdoc/>
    public override string ToString() => Arm is null ? Name : $"{Arm.Name}/{Name}";
}
