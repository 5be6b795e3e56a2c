namespace Rils.Tests.Cli;

/// <summary>The exit code of a command and all that it printed.</summary>
sealed record Outcome(int Code, string Output, string Error)
{
    /// <summary>Asserts an exit code; the failure shows what the command printed.</summary>
    public Outcome Returns(int code)
    {
        Assert.True(Code == code, $"exit code {Code} instead of {code}\n{Output}\n{Error}");
        return this;
    }
}
