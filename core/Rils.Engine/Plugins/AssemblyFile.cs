using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Rils.Contract;

namespace Rils.Engine.Plugins;

/// <summary>The metadata of an assembly file, read without loading the assembly.</summary>
/// <param name="References">Simple name and version of each assembly that the file was compiled against.</param>
/// <param name="Version">The informational version; the assembly's version where it has none.</param>
/// <param name="Requires">Name and versions of each <see cref="RequiresPluginAttribute"/>, sorted by name.</param>
sealed record AssemblyFile(IReadOnlyList<(string Name, Version Version)> References, string Version,
    IReadOnlyList<(string Name, string Versions)> Requires)
{
    /// <summary>The first bytes of every attribute's arguments.</summary>
    const ushort Prolog = 1;

    /// <exception cref="BadImageFormatException">The file is not a .NET assembly.</exception>
    /// <exception cref="IOException">The file cannot be read, or is no regular file.</exception>
    public static AssemblyFile Read(string path)
    {
        RegularFile.Require(path);
        using var stream = File.OpenRead(path);
        try
        {
            using var file = new PEReader(stream);
            if (!file.HasMetadata) throw new BadImageFormatException("it has no .NET metadata");
            var metadata = file.GetMetadataReader();
            if (!metadata.IsAssembly) throw new BadImageFormatException("it is a module, not an assembly");
            var version = Arguments(metadata, nameof(AssemblyInformationalVersionAttribute), 1).FirstOrDefault();
            return new([.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
                .Select(reference => (metadata.GetString(reference.Name), reference.Version))],
                version?[0] ?? $"{metadata.GetAssemblyDefinition().Version}",
                [.. Arguments(metadata, nameof(RequiresPluginAttribute), 2).Select(given => (given[0], given[1]))
                    .Distinct().OrderBy(given => given, Comparer<(string, string)>.Default)]);
        }
        // The reader throws these for a damaged file.
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new BadImageFormatException(error.Message, error);
        }
    }

    /// <summary>The arguments, all of them texts, of each attribute of the assembly that has a class name.</summary>
    static IEnumerable<string[]> Arguments(MetadataReader metadata, string attribute, int count) =>
        from handle in metadata.GetAssemblyDefinition().GetCustomAttributes()
        let given = metadata.GetCustomAttribute(handle)
        where NameOf(metadata, given) == attribute
        select Texts(metadata.GetBlobReader(given.Value), count);

    static string[] Texts(BlobReader blob, int count) => blob.ReadUInt16() == Prolog
        ? [.. Enumerable.Range(0, count).Select(_ => blob.ReadSerializedString() ?? "")]
        : throw new BadImageFormatException("the arguments of an attribute cannot be read");

    /// <summary>The name of an attribute's class; null for a class of the assembly itself.</summary>
    static string? NameOf(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference) return null;
        var type = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        return type.Kind == HandleKind.TypeReference
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name) : null;
    }
}
