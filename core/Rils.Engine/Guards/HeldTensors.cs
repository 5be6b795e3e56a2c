using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Rils.Contract;
using Rils.Engine.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Engine.Guards;

/// <summary>Finds the tensors that a value holds: in its fields, also in private ones, in collections, and in the
/// values of these. The way to them is compiled once per type.</summary>
static class HeldTensors
{
    /// <summary>The number of levels of values within values that are followed. Deeper values, and so circles, are
    /// not.</summary>
    const int Deepest = 8;

    delegate void Walk(object value, List<Tensor> found, int depth);

    static readonly ConcurrentDictionary<Type, Walk?> Walks = [];
    static readonly ConcurrentDictionary<Assembly, bool> KnowsTensors = [];
    static readonly ConditionalWeakTable<nn.Module, Tensor[]> Modules = [];

    /// <summary>Adds the tensors of a value.</summary>
    public static void Add(object value, List<Tensor> found) => Add(value, found, 0);

    static void Add(object value, List<Tensor> found, int depth) =>
        Walks.GetOrAdd(value.GetType(), static type => WalkOf(type))?.Invoke(value, found, depth);

    static Walk? WalkOf(Type type)
    {
        if (type.IsAssignableTo(typeof(Tensor))) return static (value, found, _) => found.Add((Tensor)value);
        if (type.IsAssignableTo(typeof(nn.Module)))
            return static (value, found, _) => found.AddRange(Modules.GetValue((nn.Module)value, OfModule));
        // Parameters are views of the flat values. Gradients change between their making and the optimizer's step, and
        // rounded copies follow the values. Buffers count as their modules', where running statistics of norms may
        // move.
        if (type == typeof(Weights)) return static (value, found, _) => AddWeights((Weights)value, found);
        if (type == typeof(ParameterGroup))
            return static (value, found, _) => found.Add(((ParameterGroup)value).Values);
        if (type == typeof(Gradients))
            return static (value, found, _) => found.AddRange(OfGradients(((Gradients)value).Of));
        if (ItemOf(type) is { } item) return CanHold(item, []) ? Generic<Walk>(nameof(AddItems), item) : null;
        FieldInfo[] fields = IsOpen(type) ? [.. FieldsOf(type).Where(field => CanHold(field.FieldType, []))] : [];
        return fields.Length == 0 ? null : Compile(type, fields);
    }

    /// <summary>Whether a module has the same tensors as at the first call with it: <c>to()</c> may replace
    /// them.</summary>
    public static bool AreThoseOf(nn.Module module) =>
        OfModule(module).SequenceEqual(Modules.GetValue(module, OfModule), ReferenceEqualityComparer.Instance);

    /// <summary>The flat gradients of weights.</summary>
    public static IEnumerable<Tensor> OfGradients(Weights weights) => weights.Groups.Select(group => group.Gradient);

    static void AddWeights(Weights weights, List<Tensor> found)
    {
        foreach (var group in weights.Groups) found.Add(group.Values);
        if (weights.Frozen is { } frozen) found.Add(frozen.Values);
    }

    /// <summary>The parameters and buffers that have versions, without running statistics of norms, which move in every
    /// call of a module in training.</summary>
    static Tensor[] OfModule(nn.Module module) =>
        [.. module.parameters().Concat<Tensor>(BuffersOf(module)).Where(VersionCounter.Has)];

    static IEnumerable<Tensor> BuffersOf(nn.Module module) =>
        module.modules().Prepend(module).Where(part => part is not NormBase)
            .SelectMany(part => part.named_buffers(false)).Select(buffer => buffer.buffer);

    static Walk Compile(Type type, FieldInfo[] fields)
    {
        var (value, found, depth) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(List<Tensor>)),
            Expression.Parameter(typeof(int)));
        var typed = Expression.Convert(value, type);
        var calls = fields.Select(field => Expression.Call(typeof(HeldTensors), nameof(AddField), [field.FieldType],
            Expression.Field(typed, field), found, depth));
        return Expression.Lambda<Walk>(Expression.Block(calls), value, found, depth).Compile();
    }

    static void AddField<T>(T value, List<Tensor> found, int depth)
    {
        if (value is Tensor tensor) found.Add(tensor);
        else if (value is not null && depth < Deepest) Add(value, found, depth + 1);
    }

    /// <summary>Adds the items of a collection. A lazy sequence is left out: enumerating it would make its
    /// items.</summary>
    static void AddItems<T>(object items, List<Tensor> found, int depth)
    {
        if (items is not (IReadOnlyCollection<T> or ICollection<T>)) return;
        foreach (var item in (IEnumerable<T>)items) AddField(item, found, depth);
    }

    /// <summary>Whether a value of a declared type can hold a tensor. A type whose own fields are being checked counts
    /// as one that can.</summary>
    static bool CanHold(Type type, HashSet<Type> asked)
    {
        if (type.IsAssignableTo(typeof(Tensor)) || type.IsAssignableTo(typeof(nn.Module)) || !asked.Add(type))
            return true;
        if (ItemOf(type) is { } item) return CanHold(item, asked);
        return IsOpen(type) && (!type.IsSealed || FieldsOf(type).Any(field => CanHold(field.FieldType, asked)));
    }

    /// <summary>Whether the fields of a type are followed: those of an assembly that references TorchSharp, and those
    /// of a tuple.</summary>
    static bool IsOpen(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsAssignableTo(typeof(Delegate))
            || type.Assembly == typeof(Tensor).Assembly) return false;
        var isPair = type.IsGenericType
            && (type.IsAssignableTo(typeof(ITuple)) || type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
            || type.GetGenericTypeDefinition() == typeof(Nullable<>));
        return isPair || KnowsTensors.GetOrAdd(type.Assembly, static assembly =>
            assembly.GetReferencedAssemblies().Any(name => name.Name == typeof(Tensor).Assembly.GetName().Name));
    }

    static Type? ItemOf(Type type) => type == typeof(string) ? null
        : type.GetInterfaces().Prepend(type).FirstOrDefault(IsSequence)?.GetGenericArguments()[0];

    static bool IsSequence(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>);

    static IEnumerable<FieldInfo> FieldsOf(Type? type)
    {
        const BindingFlags Own =
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return type is null || type == typeof(object) ? [] : type.GetFields(Own).Concat(FieldsOf(type.BaseType));
    }

    static T Generic<T>(string method, Type argument) where T : Delegate =>
        typeof(HeldTensors).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(argument)
            .CreateDelegate<T>();
}
