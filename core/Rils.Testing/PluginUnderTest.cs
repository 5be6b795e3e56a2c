using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Engine.Slots;
using Rils.Scheduling;
using Rils.Testing.Arms;
using Rils.Testing.Tensors;

namespace Rils.Testing;

/// <summary>A plugin with all that it registers, as the host would take it. Dispose it after the last of its kinds:
/// their services end with it.</summary>
public sealed class PluginUnderTest : IDisposable
{
    readonly PluginRegistry registry;
    readonly TinyPlugin own;
    readonly KindScope scope = new();

    PluginUnderTest(string name, PluginRegistry registry, TinyPlugin own) =>
        (Name, this.registry, this.own) = (name, registry, own);

    /// <summary>The plugin's name: its assembly's.</summary>
    public string Name { get; }

    /// <summary>Loads libtorch, and lets a plugin register.</summary>
    /// <param name="plugin">The plugin; <see cref="IPlugin.Configure"/> is called once.</param>
    /// <returns>The registered plugin.</returns>
    /// <exception cref="ConformanceException">The host would refuse a registration; the findings have all of
    /// them.</exception>
    public static PluginUnderTest Of(IPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        TestTorch.Load();
        var (name, own) = (plugin.GetType().Assembly.GetName().Name!, new TinyPlugin());
        try
        {
            return new(name, PluginRegistry.Of((name, plugin), (TinyPlugin.Name, own)), own);
        }
        catch (PluginException refused)
        {
            throw new ConformanceException([.. refused.Problems.Select(problem =>
                new ConformanceFinding(problem.What, problem.Where.Length > 0 ? problem.Where : name, problem.Fix))]);
        }
    }

    /// <summary>Makes the value of one of the plugin's kinds, as the host does.</summary>
    /// <typeparam name="TSlot">The slot's type: <see cref="IMasking"/>.</typeparam>
    /// <param name="kind">The kind's name, as the plugin registers it.</param>
    /// <param name="options">The kind's options record; null for the defaults.</param>
    /// <param name="context">The context of the slot; null for that of <see cref="TinyBatch"/>.</param>
    /// <returns>The new value. Modules keep the draws of their construction until <c>Initialize</c>.</returns>
    /// <exception cref="ArgumentException">The plugin registers no such kind, the options are of another type or break
    /// a rule, or the slot needs a context of the caller's.</exception>
    public TSlot Make<TSlot>(string kind, object? options = null, object? context = null) where TSlot : class
    {
        var entry = Kinds.FirstOrDefault(entry => entry.Slot == typeof(TSlot) && entry.Kind == kind)
            ?? throw new ArgumentException($"plugin {Name} registers no kind \"{kind}\" of {typeof(TSlot).Name}; it "
                + $"has {string.Join(", ", Kinds.Select(entry => entry.Title))}");
        options ??= Activator.CreateInstance(entry.Options)!;
        if (!entry.Options.IsInstanceOfType(options))
            throw new ArgumentException(
                $"{entry.Title} takes {entry.Options.Name}, not {options.GetType().Name}", nameof(options));
        if (Mistakes(options) is [var first, ..]) throw new ArgumentException(first, nameof(options));
        return (TSlot)Make(entry, options, context ?? ContextOf(entry, []) ?? throw new ArgumentException(
            $"{entry.Title} takes a {ContextType(entry).Name}: give one", nameof(context)));
    }

    internal IReadOnlyList<KindEntry> Kinds => [.. registry.Entries.Where(entry => entry.Plugin == Name)];

    internal IReadOnlyList<SystemDefinition> Systems =>
        [.. registry.Systems.Where(system => system.Origin == Name)];

    /// <summary>Makes experiments with the plugin's kinds, on its own source where one can be made.</summary>
    internal TinyExperiment Experiments(IReadOnlyList<ArmPart> made, IReadOnlyList<object> given) =>
        new(registry, own, Name, given.OfType<ExperimentContext>().FirstOrDefault()?.ImageSize
            ?? given.OfType<DataContext>().FirstOrDefault()?.ImageSize ?? TinyBatch.ImageSize,
            made.FirstOrDefault(part => part.Entry.Slot == typeof(ISource)) is { } source
                ? (source, given.OfType<SourceContext>().First().Patterns.DefaultIfEmpty("tiny").First()) : null);

    internal object Make(KindEntry entry, object options, object context) => entry.Make!(options, context, scope)
        ?? throw new ArgumentException($"the factory of {entry.Title} returned null");

    /// <summary>The context of a kind: the caller's where it gave one of the type, else a tiny one; null where no tiny
    /// one can exist.</summary>
    internal static object? ContextOf(KindEntry entry, IReadOnlyList<object> given) =>
        given.FirstOrDefault(ContextType(entry).IsInstanceOfType) ?? TinyContext.Find(ContextType(entry));

    internal static Type ContextType(KindEntry entry) =>
        SlotTable.Engine.All.First(slot => slot.Contract == entry.Slot).Context!;

    /// <summary>The rules that the options break, in words.</summary>
    internal static IReadOnlyList<string> Mistakes(object options)
    {
        var broken = options.GetType().GetProperties().SelectMany(property => Mistakes(property, options)).ToArray();
        return broken.Length > 0 || options is not IValidatableObject whole ? broken
            : [.. whole.Validate(new(options)).Select(mistake => mistake.ErrorMessage ?? "")];
    }

    /// <summary>The rules of one option, which a list keeps by each of its items.</summary>
    static IEnumerable<string> Mistakes(PropertyInfo property, object options)
    {
        var value = property.GetValue(options);
        if (value is null && property.IsDefined(typeof(RequiredMemberAttribute), false))
            return [$"{property.Name} is required"];
        object?[] items = value is IEnumerable list and not string ? [.. list.Cast<object?>()] : [value];
        return from rule in property.GetCustomAttributes<ValidationAttribute>()
               let isOfWhole = rule is MinLengthAttribute or MaxLengthAttribute or LengthAttribute or RequiredAttribute
               where !(isOfWhole ? rule.IsValid(value) : items.All(rule.IsValid))
               select rule.FormatErrorMessage(property.Name);
    }

    /// <summary>Ends the services of the plugin's kinds.</summary>
    public void Dispose()
    {
        scope.Dispose();
        registry.Dispose();
    }
}
