namespace Rils.Ecs;

/// <summary>Types as messages and plans print them.</summary>
static class TypeName
{
    public static string Of(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>"
        : type.Name;
}
