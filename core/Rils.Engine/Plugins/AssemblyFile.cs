using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Rils.Contract;

namespace Rils.Engine.Plugins;

/// <summary>The metadata of an assembly file, read without loading the assembly.</summary>
/// <param name="References">Simple name and version of each assembly that the file was compiled against.</param>
sealed record AssemblyFile(IReadOnlyList<(string Name, Version Version)> References)
{
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
            return new([.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
                .Select(reference => (metadata.GetString(reference.Name), reference.Version))]);
        }
        // The reader throws these for a damaged file.
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new BadImageFormatException(error.Message, error);
        }
    }
}
