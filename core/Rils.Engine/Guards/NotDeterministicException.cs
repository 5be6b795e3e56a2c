using Rils.Scheduling;
using Rils.Engine.Native;

namespace Rils.Engine.Guards;

/// <summary>libtorch refused an operation that gives other bits each time, because
/// <see cref="DeterministicAlgorithms"/> are on.</summary>
/// <param name="message">The caller of the operation, and the fix.</param>
/// <param name="refusal">libtorch's own exception, whose advice is a function of Python.</param>
sealed class NotDeterministicException(string message, Exception refusal) : Exception(message, refusal)
{
    /// <summary>The text that follows the operation's name in a refusal.</summary>
    const string Lacks = " does not have a deterministic implementation";

    /// <summary>The text that every refusal holds.</summary>
    const string Asked = "use_deterministic_algorithms";

    const string Fix =
        "`deterministic = false` at the root of the experiment allows it: two equal runs may then differ";

    /// <summary>Adds to a refusal the caller of the operation and the key that allows it.</summary>
    /// <param name="who">The caller: <c>plugin Rils.Vit</c>.</param>
    /// <param name="thrown">The exception that the call threw.</param>
    /// <returns>The new exception; <paramref name="thrown"/> itself where it is no refusal.</returns>
    public static Exception Explain(string who, Exception thrown)
    {
        var words = Cause.Of(thrown);
        if (!words.Contains(Asked)) return thrown;
        var end = words.IndexOf(Lacks, StringComparison.Ordinal);
        // cuBLAS refuses every product unless CUBLAS_WORKSPACE_CONFIG has one of two values, which its message names.
        var call = end < 0
            ? $"calls what gives other bits each time: {words}"
            : $"calls {words[..end]}, which has no form that gives the same bits each time";
        return new NotDeterministicException($"{who} {call}. {Fix}", thrown);
    }
}
