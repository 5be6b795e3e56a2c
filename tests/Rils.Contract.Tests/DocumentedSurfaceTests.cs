using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Tests.Abstractions;

/// <summary>The author of a plugin sees the contract through its documentation comments: each says the meaning of
/// every parameter, type parameter and return value. The compiler asks for a summary only.</summary>
public sealed class DocumentedSurfaceTests
{
    const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData(typeof(World))]
    [InlineData(typeof(IPlugin))]
    public void Every_public_parameter_and_return_value_is_documented(Type of)
    {
        var file = Path.ChangeExtension(of.Assembly.Location, ".xml");
        var comments = XDocument.Load(file).Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!);
        // Editors that do not know extension blocks show such a member's comment as a generated name.
        Assert.DoesNotContain(comments.Keys, name => name.Contains('<'));
        string[] gaps = [.. of.Assembly.GetExportedTypes().Where(type => !type.Name.StartsWith('<'))
            .SelectMany(type => GapsOf(type, comments)).Order(StringComparer.Ordinal)];
        Assert.True(gaps.Length == 0, $"{file} says nothing of\n{string.Join('\n', gaps)}");
    }

    [Fact]
    public void A_missing_tag_and_an_empty_one_are_gaps()
    {
        var comment = XElement.Parse(
            "<member><param name='seed'>A number.</param><param name='name'> </param></member>");
        var method = typeof(Example).GetMethod(nameof(Example.Make))!;
        Assert.Equal(
            ["M: <param name=\"name\">", "M: <param name=\"other\">", "M: <typeparam name=\"T\">", "M: <returns>"],
            Gaps("M", comment, method.GetParameters(), method.GetGenericArguments(), method.ReturnType));
    }

    static IEnumerable<string> GapsOf(Type type, Dictionary<string, XElement> comments)
    {
        var name = Name(type);
        var own = type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0);
        if (type.IsAssignableTo(typeof(Delegate)))
        {
            var call = type.GetMethod("Invoke")!;
            return Gaps($"T:{name}", Comment($"T:{name}"), call.GetParameters(), own, call.ReturnType);
        }
        return Gaps($"T:{name}", Comment($"T:{name}"), [], own, typeof(void))
            .Concat(type.GetConstructors(Declared).Where(IsWritten).SelectMany(made =>
                Of($"M:{name}.#ctor", made.GetParameters(), [], typeof(void))))
            .Concat(type.GetProperties(Declared).Where(read => read.GetIndexParameters().Length > 0).SelectMany(read =>
                Of($"P:{name}.{read.Name}", read.GetIndexParameters(), [], typeof(void))))
            .Concat(type.GetMethods(Declared).Where(IsWritten).SelectMany(method =>
                Of($"M:{name}.{method.Name}{Arity(method)}", method.GetParameters(), method.GetGenericArguments(),
                    method.ReturnType)));

        IEnumerable<string> Of(string id, ParameterInfo[] parameters, IEnumerable<Type> types, Type result)
        {
            if (parameters.Length > 0)
                id += $"({string.Join(',', parameters.Select(parameter => Name(parameter.ParameterType)))})";
            return Gaps(id, Comment(id), parameters, types, result);
        }

        XElement? Comment(string id) => comments.GetValueOrDefault(id);
    }

    /// <summary>Whether a plugin's author sees the member and a person wrote it. Overrides do not count, since their
    /// base has the comment, nor do the members that the compiler adds to a record.</summary>
    static bool IsWritten(MethodBase method) => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
        && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && (method.IsConstructor || !method.IsSpecialName)
        && (method as MethodInfo)?.GetBaseDefinition() is var original && (original is null || original == method);

    /// <summary>The tags that a comment lacks; a comment with <c>inheritdoc</c> lacks none.</summary>
    static IEnumerable<string> Gaps(
        string id, XElement? comment, ParameterInfo[] parameters, IEnumerable<Type> types, Type result)
    {
        if (comment?.Element("inheritdoc") is not null) yield break;
        foreach (var parameter in parameters)
            if (!Says("param", parameter.Name)) yield return $"{id}: <param name=\"{parameter.Name}\">";
        foreach (var type in types)
            if (!Says("typeparam", type.Name)) yield return $"{id}: <typeparam name=\"{type.Name}\">";
        if (result != typeof(void) && !Says("returns", null)) yield return $"{id}: <returns>";

        bool Says(string tag, string? name) => comment?.Elements(tag)
            .Any(element => (string?)element.Attribute("name") == name && element.Value.Trim().Length > 0) == true;
    }

    /// <summary>A type's name as the compiler writes it into comments: <c>System.Func{``0,System.Int32}</c>.</summary>
    static string Name(Type type) =>
        type.IsByRef ? $"{Name(type.GetElementType()!)}@"
        : type.IsArray ? $"{Name(type.GetElementType()!)}[]"
        : type.IsGenericParameter ? $"{(type.DeclaringMethod is null ? "`" : "``")}{type.GenericParameterPosition}"
        : type.IsConstructedGenericType
            ? $"{Name(type.GetGenericTypeDefinition()).Split('`')[0]}"
                + $"{{{string.Join(',', type.GetGenericArguments().Select(Name))}}}"
        : type.FullName!.Replace('+', '.');

    static string Arity(MethodInfo method) =>
        method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";

    static class Example
    {
        public static T? Make<T>(long seed, string name, int other) =>
            $"{seed}{name}{other}" is T made ? made : default;
    }
}
