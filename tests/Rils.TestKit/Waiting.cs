using System.Diagnostics;

namespace Rils.Tests;

/// <summary>Waits that end: a test that would hang fails, and says for what it waited.</summary>
static class Waiting
{
    /// <summary>The longest wait, far longer than anything here takes on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Waits for the end of a process whose output somebody reads. After the limit the process is killed and
    /// the test fails.</summary>
    /// <returns>The exit code.</returns>
    public static int Ended(this Process process)
    {
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} "
                + $"did not end within {Limit}");
        }
        // This call waits for the readers of the output too.
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Waits for the end of a process, and returns its exit code and the text of its redirected
    /// streams.</summary>
    public static (int Code, string Output, string Error) Finished(this Process process)
    {
        var output = process.StartInfo.RedirectStandardOutput
            ? process.StandardOutput.ReadToEndAsync() : Task.FromResult("");
        var error = process.StartInfo.RedirectStandardError
            ? process.StandardError.ReadToEndAsync() : Task.FromResult("");
        var code = process.Ended();
        return (code, Result(output), Result(error));
    }

    /// <summary>Waits for the next line of a process; null at the end of its output.</summary>
    public static string? NextLine(this StreamReader reader) => Result(reader.ReadLineAsync());

    /// <summary>Waits for the result of a task, no longer than the limit.</summary>
    public static T Result<T>(Task<T> task)
    {
        Assert.True(task.Wait(Limit), $"nothing came within {Limit}");
        return task.Result;
    }

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="holds">The condition, read every 5 ms.</param>
    /// <param name="goesOn">False once the condition can no longer come to hold; then the test fails at once.</param>
    /// <param name="what">The name of the condition in the failure.</param>
    public static void Until(Func<bool> holds, Func<bool> goesOn, string what)
    {
        for (var begun = Stopwatch.StartNew(); !holds(); Thread.Sleep(5))
            Assert.True(begun.Elapsed < Limit && goesOn(),
                $"{what}: not seen after {begun.Elapsed.TotalSeconds:0.0} s");
    }
}
