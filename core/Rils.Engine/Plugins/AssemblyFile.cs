using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Rils.Contract;

namespace Rils.Engine.Plugins;

/// <summary>What an assembly file says of itself; nothing of it is loaded.</summary>
/// <param name="References">Simple name and version of each assembly that it was compiled against.</param>
sealed record AssemblyFile(IReadOnlyList<(string Name, Version Version)> References)
{
    /// <exception cref="BadImageFormatException">The file is not a .NET assembly.</exception>
    /// <exception cref="IOException">It cannot be read, or is no file.</exception>
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
            return new([.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
                .Select(reference => (metadata.GetString(reference.Name), reference.Version))]);
        }
        // What a damaged file makes the reader throw.
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new BadImageFormatException(error.Message, error);
        }
    }
}
