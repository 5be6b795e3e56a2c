namespace Rils.WebDataset;

/// <summary>A file of a shard, or a link to one.</summary>
/// <param name="Name">Its path, as <see cref="MemberName.Show"/> writes it.</param>
/// <param name="Data">Where its bytes lie; nowhere for a link.</param>
/// <param name="Target">The path in the shard that a link leads to; null for a file.</param>
/// <param name="IsUtf8">Whether the name is.</param>
sealed record TarMember(string Name, Slice Data, string? Target, bool IsUtf8);
