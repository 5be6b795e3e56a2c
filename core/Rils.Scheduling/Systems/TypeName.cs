namespace Rils.Scheduling;

/// <summary>Types as messages and plans print them.</summary>
static class TypeName
{
    public static string Of(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>"
        : type.Name;
}
