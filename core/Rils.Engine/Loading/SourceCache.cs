using Rils.Abstractions;
using Rils.Engine.Native;

namespace Rils.Engine.Loading;

/// <summary>Where sources keep their indices: beside the user's other caches, never beside the data.</summary>
static class SourceCache
{
    public static SourceContext ContextOf(string pattern) => new([pattern], Path.Combine(CacheFolder.Root, "index"));
}
