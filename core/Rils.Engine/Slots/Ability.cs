using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Slots;

/// <summary>An interface that the class of a backbone may implement, and all facts about it that the engine
/// needs.</summary>
/// <param name="Interface">The interface, which systems read.</param>
/// <param name="Mark">The component of the arms whose backbone implements the interface.</param>
/// <param name="System">The name of the system of Setup that gives the backbone to readers of the interface.</param>
/// <param name="Setup">The method of that system.</param>
/// <param name="Words">The end of a sentence that begins with <c>a [backbone] that</c>.</param>
sealed record Ability(Type Interface, object Mark, string System, Delegate Setup, string Words)
{
    /// <summary>All interfaces that the engine knows. A new one needs an entry here, and a change nowhere
    /// else.</summary>
    public static IReadOnlyList<Ability> All { get; } =
    [
        Of<ITokenBackbone>("tokens", "gives tokens"),
        Of<IMaskedBackbone>("masked", "can leave hidden patches out of a pass"),
        Of<IFeatureMaps>("maps", "gives feature maps"),
        Of<ILayeredFeatures>("layers", "gives features by layer"),
        Of<IAttentionMaps>("attention", "gives attention maps"),
    ];

    /// <summary>The types of all marks.</summary>
    public static IEnumerable<Type> Marks => All.Select(ability => ability.Mark.GetType());

    /// <summary>The ability of a mark; null for any other type.</summary>
    public static Ability? Find(Type mark) => All.FirstOrDefault(ability => ability.Mark.GetType() == mark);

    /// <summary>Marks an arm with what a class can do.</summary>
    public static void GiveTo(Entity arm, Type backbone)
    {
        foreach (var ability in All.Where(ability => backbone.IsAssignableTo(ability.Interface)))
            arm.Set(ability.Mark.GetType(), ability.Mark);
    }

    static Ability Of<T>(string name, string words) where T : class =>
        new(typeof(T), new Offers<T>(), $"backbone.{name}", Expose<T>, words);

    /// <summary>Gives the arm's backbone to systems that read what it can do.</summary>
    static void Expose<T>(in Offers<T> _, in MadeBackbone made, out T able) where T : class =>
        able = (T)(object)made.Module;
}
