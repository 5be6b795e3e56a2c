using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Rils.Scheduling;

/// <summary>Says the cause of an exception in words for people: the exception's message where its author wrote one,
/// else the code that made a mistake.</summary>
public static class Cause
{
    /// <summary>The words that stand before the native stack frames in the message of a libtorch error.</summary>
    static readonly string[] Traces = ["Exception raised from ", "frame #0:"];

    /// <summary>Says the cause of an exception. A message that .NET wrote for a programmer
    /// (<see cref="NullReferenceException"/>, no element in a sequence) means nothing to others, so the method that
    /// made the mistake is named in its place.</summary>
    /// <param name="error">The exception as it was caught; wrappers of reflection, static constructors and parallel
    /// loops are taken off.</param>
    /// <returns>The message without native stack frames, or the exception's type and the method that made the
    /// mistake.</returns>
    public static string Of(Exception error)
    {
        var cause = Root(error);
        return IsSlip(cause) ? $"{cause.GetType().Name} in {Place(cause)}: a mistake in that code, tell its author"
            : WithoutFrames(cause.Message);
    }

    /// <summary>Takes off the exceptions that reflection, static constructors and parallel loops wrap around
    /// another.</summary>
    /// <param name="error">The exception as it was caught.</param>
    /// <returns>The innermost exception below wrappers; <paramref name="error"/> itself where it is no
    /// wrapper.</returns>
    public static Exception Root(Exception error) => error switch
    {
        TargetInvocationException or TypeInitializationException or AggregateException
            when error.InnerException is { } inner => Root(inner),
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => Root(first),
        _ => error,
    };

    static string WithoutFrames(string message)
    {
        var end = Traces.Select(trace => message.IndexOf(trace, StringComparison.Ordinal)).Where(at => at > 0)
            .DefaultIfEmpty(message.Length).Min();
        return message[..end].TrimEnd();
    }

    /// <summary>Whether an exception comes from a programmer's mistake that .NET found (a null reference, an index out
    /// of range), so that its message means nothing to the user of a program.</summary>
    /// <param name="error">The exception, without wrappers: see <see cref="Root"/>.</param>
    /// <returns>True for such a mistake; false for an exception that code threw to refuse its input.</returns>
    public static bool IsSlip(Exception error) => error
        is NullReferenceException or IndexOutOfRangeException or InvalidCastException or DivideByZeroException
            or NotImplementedException or ArgumentNullException
        || (error is InvalidOperationException or ArgumentOutOfRangeException or KeyNotFoundException
            && IsUnmeant(new StackTrace(error).GetFrame(0)?.GetMethod()));

    /// <summary>Whether a method of .NET itself threw. <c>ArgumentException.ThrowIf...</c> does not count: by calling
    /// it code refuses its input.</summary>
    static bool IsUnmeant(MethodBase? thrower) =>
        IsSystems(thrower) && !typeof(Exception).IsAssignableFrom(thrower!.DeclaringType);

    static string Place(Exception error)
    {
        var method = new StackTrace(error).GetFrames().Select(frame => frame.GetMethod())
            .FirstOrDefault(method => method is not null && !IsSystems(method));
        if (method?.DeclaringType is not { } type) return "code without a name";
        // The compiler makes classes for closures and iterators inside the class that somebody wrote.
        var name = type.IsDefined(typeof(CompilerGeneratedAttribute)) && method.Name is "MoveNext"
            ? type.Name : method.Name;
        while (type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.DeclaringType is { } outer) type = outer;
        return $"{type.Name}.{Written(name)} of {type.Assembly.GetName().Name}";
    }

    /// <summary>The method's name as somebody wrote it: <c>Make</c> for <c>&lt;Make&gt;b__0</c>.</summary>
    static string Written(string name) =>
        name.IndexOf('>') is > 1 and var end && name[0] == '<' ? name[1..end] : name.Replace(".ctor", "constructor");

    static bool IsSystems(MethodBase? method) => method?.DeclaringType?.Assembly.GetName().Name is { } name
        && (name == "System.Private.CoreLib" || name.StartsWith("System.", StringComparison.Ordinal));
}
