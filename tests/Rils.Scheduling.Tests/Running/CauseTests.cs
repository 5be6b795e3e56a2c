using System.Reflection;

namespace Rils.Scheduling.Tests;

/// <summary>People are told of an exception: a message that was written for them, or whose slip it is; never what .NET
/// and libtorch say to programmers.</summary>
public sealed class CauseTests
{
    static string Told(Action slip) => Cause.Of(Assert.ThrowsAny<Exception>(slip));

    static string? nothing => null;

    [Fact]
    public void A_slip_is_told_by_its_method()
    {
        const string Here =
            "in CauseTests.A_slip_is_told_by_its_method of Rils.Scheduling.Tests: "
                + "a mistake in that code, tell its author";
        Assert.Equal($"NullReferenceException {Here}", Told(() => _ = nothing!.Length));
        Assert.Equal($"InvalidOperationException {Here}", Told(() => Array.Empty<int>().First(number => number > 0)));
        Assert.Equal($"InvalidOperationException {Here}", Told(() => new[] { 1, 2 }.Single()));
        Assert.Equal($"InvalidOperationException {Here}", Told(() => _ = ((int?)nothing?.Length)!.Value));
        Assert.Equal($"KeyNotFoundException {Here}", Told(() => _ = new Dictionary<string, int>()["a"]));
        Assert.Equal($"IndexOutOfRangeException {Here}", Told(() => _ = Array.Empty<int>()[nothing?.Length ?? 0]));
        Assert.Equal($"ArgumentOutOfRangeException {Here}", Told(() => _ = new List<int>()[3]));
        Assert.Equal($"ArgumentNullException {Here}",
            Told(() => ArgumentNullException.ThrowIfNull(nothing, "visible!")));
        Assert.Equal($"InvalidCastException {Here}", Told(() => _ = (string)(object)3));
    }

    [Fact]
    public void What_was_written_for_people_stays()
    {
        Assert.Equal("ratio = 2 hides all", Told(() => throw new ArgumentException("ratio = 2 hides all")));
        Assert.Equal("the arm has no [text]", Told(() => throw new InvalidOperationException("the arm has no [text]")));
        Assert.StartsWith("width ('-1') must be", Told(() => ArgumentOutOfRangeException.ThrowIfNegative(-1, "width")));
        Assert.Contains("Invalid pattern '['", Told(() => System.Text.RegularExpressions.Regex.IsMatch("", "[")));
        Assert.Contains("/nowhere", Told(() => File.ReadAllText("/nowhere")));
        Assert.Equal("two\nlines", Told(() => throw new IOException("two\nlines")));
    }

    [Fact]
    public void Wrappers_are_taken_off()
    {
        Assert.Equal("why", Told(() => ((Action)Why).DynamicInvoke()));
        Assert.Equal("why", Told(() => Parallel.For(0, 1, _ => Why())));
        Assert.Equal("why", Told(() => _ = Broken.Value));
        Assert.Equal("x of arm a failed at step 3: why", new SystemFailedException("x", "a", 3,
            Assert.Throws<TargetInvocationException>(() => ((Action)Why).DynamicInvoke())).Message);
    }

    [Fact]
    public void Native_frames_are_cut_off() =>
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", Cause.Of(new InvalidDataException(
        "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)\nException raised from meta at "
            + "/pytorch/aten/src/ATen/native/LinearAlgebra.cpp:202 (most recent call first):\n"
        + "frame #0: c10::Error::Error(c10::SourceLocation, std::string) + 0x88 (0x7f in libc10.so)")));

    static void Why() => throw new InvalidDataException("why");

    static class Broken
    {
        public static readonly int Value = Fail();

        static int Fail() => throw new InvalidDataException("why");
    }
}
