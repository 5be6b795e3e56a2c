using System.Diagnostics;
using Rils.Tests.Golden;

namespace Rils.Tests.Ci;

/// <summary>The end of CI's output lists the tests that failed.</summary>
public sealed class FailuresTests
{
    const string Log = """
          Passed A.Passes [2 ms]
        [xUnit.net 00:00:01.21]     A.Fails(text: "x") [FAIL]
          Failed A.Fails(text: "x") [1 s]
          Error Message:
           Assert.Equal() Failure: Values differ
        Expected: 4

        Actual:   2
          Stack Trace:
             at A.Fails() in A.cs:line 52
           at One()
           at Two()
           at Three()
          Standard Output Messages:
         chatter
          Passed A.AlsoPasses [2 ms]
         more chatter
          Failed B.Throws [< 1 ms]
          Error Message:
           System.Exception : Failed and told
          Stack Trace:
             at B.Throws() in B.cs:line 5

        Test Run Failed.
        Total tests: 4
             Passed: 2
             Failed: 2
        """;

    [Fact]
    public void Each_failed_test_is_listed_with_its_message_and_the_top_of_its_stack() => Assert.Equal("""
          Failed A.Fails(text: "x") [1 s]
          Error Message:
           Assert.Equal() Failure: Values differ
        Expected: 4

        Actual:   2
          Stack Trace:
             at A.Fails() in A.cs:line 52
           at One()
           at Two()
          Failed B.Throws [< 1 ms]
          Error Message:
           System.Exception : Failed and told
          Stack Trace:
             at B.Throws() in B.cs:line 5


        """, Failures(Log));

    [Fact]
    public void Nothing_is_listed_where_all_passed() =>
        Assert.Equal("", Failures("  Passed A.Passes [2 ms]\n\nTest Run Successful.\n     Passed: 1\n"));

    static string Failures(string log)
    {
        using var awk = Process.Start(new ProcessStartInfo("awk",
            ["-f", Path.Combine(Repository.Root, ".ci", "failures.awk")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        awk.StandardInput.Write(log);
        awk.StandardInput.Close();
        var failures = awk.StandardOutput.ReadToEnd();
        Assert.Equal(0, awk.Ended());
        return failures;
    }
}
