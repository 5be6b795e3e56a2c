using static TorchSharp.torch;

namespace Rils.Engine.WeightFiles;

/// <summary>The element types of the format, by its names for them.</summary>
static class SafeTensorsTypes
{
    static readonly (string Name, ScalarType Type, int Size)[] All =
    [
        ("F64", ScalarType.Float64, 8), ("I64", ScalarType.Int64, 8), ("F32", ScalarType.Float32, 4),
        ("I32", ScalarType.Int32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1), ("U8", ScalarType.Byte, 1),
        ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>The names of all element types, for messages.</summary>
    public static string Names => string.Join(", ", All.Select(entry => entry.Name));

    public static ScalarType? Find(string name) =>
        Array.FindIndex(All, entry => entry.Name == name) is >= 0 and var at ? All[at].Type : null;

    public static string? NameOf(ScalarType type) => All.FirstOrDefault(entry => entry.Type == type).Name;

    /// <summary>The number of bytes of an element.</summary>
    public static int SizeOf(ScalarType type) => All.First(entry => entry.Type == type).Size;
}
