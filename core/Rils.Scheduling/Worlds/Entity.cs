namespace Rils.Scheduling;

/// <summary>The world itself, an arm of it, or an item of an arm (one of several objectives): a bag of components by type.</summary>
public sealed class Entity
{
    readonly Dictionary<Type, object> components = [];

    internal Entity(string name, string device, Entity? arm) => (Name, Device, Arm) = (name, device, arm);

    /// <summary>Its name; unique among its kin.</summary>
    public string Name { get; }

    /// <summary>The device lane that it runs on; empty for the world.</summary>
    public string Device { get; }

    /// <summary>The arm that an item belongs to; null for an arm and for the world.</summary>
    public Entity? Arm { get; }

    /// <summary>The items of an arm, in the order of their names.</summary>
    public IReadOnlyList<Entity> Items => items;

    readonly List<Entity> items = [];

    internal IReadOnlyDictionary<Type, object> Components => components;

    /// <summary>Gives the entity a component; a second one of the same type replaces it.</summary>
    public Entity Set<T>(T component) where T : notnull => Set(typeof(T), component);

    /// <summary>Gives the entity a component under a type that is known only at run time.</summary>
    public Entity Set(Type type, object component)
    {
        if (!type.IsInstanceOfType(component)) throw new ArgumentException($"{component.GetType().Name} is no {type.Name}", nameof(component));
        components[type] = component;
        return this;
    }

    /// <summary>Whether the entity has a component of this type.</summary>
    public bool Has(Type type) => components.ContainsKey(type);

    /// <summary>The component of this type.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public T Get<T>() => (T)components[typeof(T)];

    /// <summary>Gives an arm an item.</summary>
    /// <exception cref="InvalidOperationException">This is an item, or has an item of that name.</exception>
    public Entity AddItem(string name)
    {
        if (Arm is not null) throw new InvalidOperationException($"{Name} is an item and can have none");
        if (items.Exists(item => item.Name == name)) throw new InvalidOperationException($"{Name} has an item {name} already");
        var item = new Entity(name, Device, this);
        items.Add(item);
        items.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return item;
    }

    /// <inheritdoc/>
    public override string ToString() => Arm is null ? Name : $"{Arm.Name}/{Name}";
}
