using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Rils.Engine.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Searches a module for modules and parameters that it holds but has not registered: in its fields, and in
/// the lists, dictionaries, tuples and objects of its plugin that these fields hold.</summary>
/// <param name="known">The addresses in memory of the registered parameters and buffers.</param>
sealed class UnregisteredSearch(IReadOnlySet<nint> known)
{
    /// <summary>The most lists and objects within one another that the search enters.</summary>
    const int Deepest = 6;

    readonly HashSet<object> seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Finds the first module or parameter that is not registered.</summary>
    /// <returns>The finding's place in the module, and words for the finding; null where all is registered.</returns>
    public (string Place, string What)? In(nn.Module module)
    {
        foreach (var (name, part) in module.named_modules().Prepend(("", module)))
            if (InModule(part, name.Length == 0 ? "" : $"{name}.") is { } found) return found;
        return null;
    }

    (string, string)? InModule(nn.Module module, string path) => !seen.Add(module) ? null
        : module.GetType().Assembly == typeof(nn.Module).Assembly
        ? InProperties(module, path) : InFields(module, path, module.GetType().Assembly, 0);

    /// <summary>Searches the properties of a layer of TorchSharp, which holds its parameters natively. Some of these
    /// layers compute with another parameter than the one that they register (Embedding_from_pretrained).</summary>
    (string, string)? InProperties(nn.Module layer, string path)
    {
        foreach (var property in layer.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.CanRead && property.GetIndexParameters().Length == 0
                && property.PropertyType == typeof(Parameter)
                && property.GetValue(layer) is Parameter parameter && IsUnknown(parameter))
                return ($"{path}{property.Name}",
                    $"another tensor in {layer.GetType().Name} than the one that it registers");
        return null;
    }

    (string, string)? InFields(object holder, string path, Assembly plugin, int depth)
    {
        for (var type = holder.GetType(); type is not null && type.Assembly != typeof(nn.Module).Assembly
            && type != typeof(object); type = type.BaseType)
            foreach (var field in type.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                if (field.FieldType is { IsPrimitive: false, IsPointer: false }
                    && In(field.GetValue(holder), path + NameOf(field), plugin, depth) is { } found) return found;
        return null;
    }

    (string, string)? In(object? value, string path, Assembly plugin, int depth)
    {
        if (value is null or string or Delegate or Type || depth > Deepest) return null;
        switch (value)
        {
            case nn.Module module:
                return seen.Contains(module) ? null
                    : module.parameters().Cast<Tensor>().Concat(module.buffers()).FirstOrDefault(IsUnknown) is not null
                    ? (path, $"a module ({module.GetType().Name})") : InModule(module, $"{path}.");
            case Parameter parameter:
                return parameter.IsInvalid ? (path, "a parameter that died with a dispose scope") : IsUnknown(parameter)
                    ? (path, "a parameter") : null;
            case Tensor tensor:
                return !tensor.IsInvalid && tensor.requires_grad && tensor.is_leaf && IsUnknown(tensor)
                    ? (path, "a tensor that wants a gradient") : null;
            case ITuple tuple:
                return InAll(Enumerable.Range(0, tuple.Length).Select(place => tuple[place]), path, plugin, depth);
            case IDictionary dictionary:
                return InAll(dictionary.Values.Cast<object?>(), path, plugin, depth);
            case IEnumerable items when IsCollection(value.GetType()):
                return InAll(items.Cast<object?>(), path, plugin, depth);
            default:
                return value.GetType().Assembly == plugin && !value.GetType().IsEnum && (value.GetType().IsValueType
                    || seen.Add(value)) ? InFields(value, $"{path}.", plugin, depth + 1) : null;
        }
    }

    (string, string)? InAll(IEnumerable<object?> items, string path, Assembly plugin, int depth)
    {
        foreach (var (place, item) in items.Index())
            if (In(item, $"{path}[{place}]", plugin, depth + 1) is { } found) return found;
        return null;
    }

    bool IsUnknown(Tensor tensor) =>
        !tensor.IsInvalid && tensor.numel() > 0 && !known.Contains(TensorPointer.Of(tensor));

    /// <summary>Whether a type is a collection that may hold modules or parameters. Collections of numbers are passed
    /// over, since they may be long.</summary>
    static bool IsCollection(Type type) => type.IsArray ? !type.GetElementType()!.IsPrimitive
        : type.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true
        && !(type.IsGenericType && Array.TrueForAll(type.GetGenericArguments(), item => item.IsPrimitive));

    /// <summary>A field's name as the source has it: for the field behind a property, the property's name.</summary>
    static string NameOf(FieldInfo field) =>
        field.Name is ['<', .. var rest] && rest.IndexOf('>') is > 0 and var end ? rest[..end] : field.Name;
}
