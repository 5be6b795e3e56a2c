namespace Rils.Tests.Cli;

/// <summary>What came of a command.</summary>
sealed record Outcome(int Code, string Output, string Error)
{
    /// <summary>Asserts an exit code, showing what was printed where it is another.</summary>
    public Outcome Returns(int code)
    {
        Assert.True(Code == code, $"exit code {Code} instead of {code}\n{Output}\n{Error}");
        return this;
    }
}
