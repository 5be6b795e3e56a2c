using Rils.Scheduling;
using Rils.Engine.Native;

namespace Rils.Engine.Guards;

/// <summary>libtorch refused an operation that gives other bits each time, since <see cref="DeterministicAlgorithms"/>
/// are on.</summary>
/// <param name="message">Who called the operation, and the fix.</param>
/// <param name="refusal">libtorch's own exception, which advises a function of Python.</param>
sealed class NotDeterministicException(string message, Exception refusal) : Exception(message, refusal)
{
    /// <summary>Follows the operation's name.</summary>
    const string Lacks = " does not have a deterministic implementation";

    /// <summary>Stands in each refusal.</summary>
    const string Asked = "use_deterministic_algorithms";

    const string Fix =
        "`deterministic = false` at the root of the experiment allows it: two equal runs may then differ";

    /// <summary>Makes a refusal tell who called the operation, and which key allows it.</summary>
    /// <param name="who">The caller: <c>plugin Rils.Vit</c>.</param>
    /// <param name="thrown">The exception that the call threw.</param>
    /// <returns>The same exception where it is no refusal.</returns>
    public static Exception Explain(string who, Exception thrown)
    {
        var words = Cause.Of(thrown);
        if (!words.Contains(Asked)) return thrown;
        var end = words.IndexOf(Lacks, StringComparison.Ordinal);
        // cuBLAS refuses every product where CUBLAS_WORKSPACE_CONFIG is not one of two values, which its message names.
        var call = end < 0
            ? $"calls what gives other bits each time: {words}"
            : $"calls {words[..end]}, which has no form that gives the same bits each time";
        return new NotDeterministicException($"{who} {call}. {Fix}", thrown);
    }
}
