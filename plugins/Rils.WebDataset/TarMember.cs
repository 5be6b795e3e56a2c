using Rils.Sources;

namespace Rils.WebDataset;

/// <summary>A file of a shard, or a link to one.</summary>
/// <param name="Name">The file's path, as <see cref="MemberName.Show"/> writes it.</param>
/// <param name="Data">Where the file's bytes lie; empty for a link.</param>
/// <param name="Target">The path in the shard that a link leads to; null for a file.</param>
/// <param name="IsUtf8">Whether the bytes of the name are UTF-8.</param>
/// <param name="Run">The blocks of the member, from the first of its headers.</param>
sealed record TarMember(string Name, Slice Data, string? Target, bool IsUtf8, Run Run);
