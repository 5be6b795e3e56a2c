using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Rils.Configuration;

/// <summary>Reads the documentation that the compiler puts beside an assembly (<c>GenerateDocumentationFile</c>), as
/// plain text.</summary>
static partial class XmlDocumentation
{
    static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> Known = new();

    /// <summary>The summary of a type; empty where there is no summary or no file.</summary>
    public static string Of(Type type) => Text(Find(type, $"T:{NameOf(type)}"));

    /// <summary>The summary of the interface's property where a property inherits it, then the property's own summary
    /// and remarks; empty where there are none.</summary>
    public static string Of(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        var own = Find(type, $"P:{NameOf(type)}.{property.Name}");
        var inherited = own?.Element("inheritdoc") is null ? null
            : type.GetInterfaces().Select(from => Find(from, $"P:{NameOf(from)}.{property.Name}"))
                .FirstOrDefault(found => found is not null);
        return $"{Text(inherited)} {Text(own)}".Trim();
    }

    static XElement? Find(Type type, string member) => Known.GetOrAdd(type.Assembly, Read).GetValueOrDefault(member);

    static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    static Dictionary<string, XElement> Read(Assembly assembly)
    {
        try
        {
            return XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
                .Where(member => member.Attribute("name") is not null)
                .DistinctBy(member => member.Attribute("name")!.Value)
                .ToDictionary(member => member.Attribute("name")!.Value);
        }
        // A plugin needs no documentation, and a plugin with a broken file can be listed without its text.
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or XmlException or ArgumentException)
        {
            return [];
        }
    }

    static string Text(XElement? member)
    {
        if (member is null) return "";
        var parts = member.Elements().Where(part => part.Name.LocalName is "summary" or "remarks").Select(Inner);
        return Space().Replace(string.Join(' ', parts), " ").Trim();
    }

    static string Inner(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" or "paramref" } reference => $"`{Key(reference)}`",
        XElement inner => Inner(inner),
        _ => "",
    }));

    /// <summary>The name of a reference for a reader who writes a file: a property's key, or a name.</summary>
    static string Key(XElement reference)
    {
        var target = reference.Attributes().FirstOrDefault()?.Value ?? "";
        var name = target[(target.LastIndexOf('.') + 1)..];
        return target.StartsWith("P:", StringComparison.Ordinal)
            ? JsonNamingPolicy.SnakeCaseLower.ConvertName(name) : name;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
