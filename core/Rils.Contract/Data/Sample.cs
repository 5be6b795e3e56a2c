using System.Collections.Immutable;
using System.ComponentModel;
using System.Reflection;

namespace Rils.Contract;

/// <summary>One image with its components: whatever else the data has of it, at most one of each type
/// (<see cref="Captions"/>, <see cref="Label"/>, <see cref="Boxes"/>, a record of a plugin's own).</summary>
/// <param name="Key">The sample's name, unique within the source (a repeat apart, <see cref="ISource.FirstOf"/>), and
/// the same in every run: results, comparisons and error messages refer to it.</param>
/// <param name="Image">The bytes of the image file.</param>
public sealed record Sample(string Key, ReadOnlyMemory<byte> Image)
{
    ImmutableSortedDictionary<string, object> components = ImmutableSortedDictionary<string, object>.Empty;
    ImmutableSortedDictionary<string, string> faults = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The sample's files, for the message that the sample lacks a component: <c>an image, a .cls</c>. Null
    /// where the message should not list any.</summary>
    public string? Contents { get; init; }

    /// <summary>Oddities of a sample that can be used, in words that are the same for all such samples:
    /// <c>its .txt is blank</c>. The engine prints each with the first such sample, and counts the others.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The components, in the order of their types' full names.</summary>
    public IEnumerable<object> Components => components.Values;

    /// <summary>Makes the sample with one component more.</summary>
    /// <typeparam name="T">The type under which systems and heads find the component.</typeparam>
    /// <param name="component">The component, which replaces one of the same type.</param>
    /// <returns>The new sample.</returns>
    public Sample With<T>(T component) where T : class =>
        this with { components = components.SetItem(KeyOf(typeof(T)), component) };

    /// <summary>Makes the sample with a component that the data has and that cannot be used. Where something reads
    /// components of the type, the engine leaves the sample out, and counts it as bad.</summary>
    /// <typeparam name="T">The component's type.</typeparam>
    /// <param name="why">Completes a sentence about the sample: <c>its .txt is not valid UTF-8</c>.</param>
    /// <returns>The new sample.</returns>
    public Sample WithFault<T>(string why) where T : class =>
        this with { faults = faults.SetItem(KeyOf(typeof(T)), why) };

    /// <summary>Finds a component.</summary>
    /// <typeparam name="T">The component's type.</typeparam>
    /// <returns>The component; null where the sample has none that can be used.</returns>
    public T? Find<T>() where T : class => (T?)Find(typeof(T));

    internal object? Find(Type type) => components.GetValueOrDefault(KeyOf(type));

    /// <summary>Says why a component cannot be used.</summary>
    /// <param name="type">The component's type.</param>
    /// <returns>The words that <see cref="WithFault{T}"/> was given; null where there is no fault.</returns>
    public string? FaultOf(Type type) => faults.GetValueOrDefault(KeyOf(type));

    /// <summary>Names a type of components in messages: its <see cref="DisplayNameAttribute"/>, or else its own
    /// name.</summary>
    /// <param name="type">The type.</param>
    /// <returns>A noun: <c>caption</c>.</returns>
    public static string NameOf(Type type) =>
        type.GetCustomAttribute<DisplayNameAttribute>()?.DisplayName ?? type.Name;

    static string KeyOf(Type type) => type.FullName!;
}
