using System.Diagnostics;

namespace Rils.Tests;

/// <summary>Waits that end: a test that would hang fails, and says for what it waited.</summary>
static class Waiting
{
    /// <summary>Far beyond what anything here takes on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Waits for the end of a process whose output somebody reads; kills it, and fails, after the
    /// limit.</summary>
    /// <returns>Its exit code.</returns>
    public static int Ended(this Process process)
    {
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} "
                + $"did not end within {Limit}");
        }
        process.WaitForExit(); // its output's readers too
        return process.ExitCode;
    }

    /// <summary>All that a process prints where it is redirected, and its exit code.</summary>
    public static (int Code, string Output, string Error) Finished(this Process process)
    {
        var output = process.StartInfo.RedirectStandardOutput
            ? process.StandardOutput.ReadToEndAsync() : Task.FromResult("");
        var error = process.StartInfo.RedirectStandardError
            ? process.StandardError.ReadToEndAsync() : Task.FromResult("");
        var code = process.Ended();
        return (code, Result(output), Result(error));
    }

    /// <summary>The next line that a process prints.</summary>
    public static string? NextLine(this StreamReader reader) => Result(reader.ReadLineAsync());

    /// <summary>A task's result, within the limit.</summary>
    public static T Result<T>(Task<T> task)
    {
        Assert.True(task.Wait(Limit), $"nothing came within {Limit}");
        return task.Result;
    }

    /// <summary>Looks again and again until something holds.</summary>
    /// <param name="holds">What must come to hold.</param>
    /// <param name="goesOn">False once it can no longer come; then the test fails at once.</param>
    /// <param name="what">Names it in the failure.</param>
    public static void Until(Func<bool> holds, Func<bool> goesOn, string what)
    {
        for (var begun = Stopwatch.StartNew(); !holds(); Thread.Sleep(5))
            Assert.True(begun.Elapsed < Limit && goesOn(),
                $"{what}: not seen after {begun.Elapsed.TotalSeconds:0.0} s");
    }
}
