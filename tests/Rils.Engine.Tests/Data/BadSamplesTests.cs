using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Data;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Data;

/// <summary>The source has 300 samples, of which three may be bad.</summary>
public sealed class BadSamplesTests
{
    readonly Logged<ExperimentLoader> log = new();
    readonly BadSamples bad;

    public BadSamplesTests() => bad = new(300, "train-*.tar", "replaced", log);

    void Add(long step, params int[] indices) =>
        bad.Add(step, indices.Select(index => (index, new SampleException($"sample `{index}` is bad"))));

    [Fact]
    public void Taken_are_those_before_a_step_and_each_once()
    {
        Add(3, 7, 8, 7);
        Add(4, 8, 9);
        Assert.Equal([new(3, "train-*.tar", 7, "replaced", "sample `7` is bad"),
            new(3, "train-*.tar", 8, "replaced", "sample `8` is bad")], bad.Take(before: 4));
        Assert.Empty(bad.Take(before: 4));
        Assert.Equal([9], bad.Take(before: 5).Select(sample => sample.Index));
        Assert.Equal(["sample replaced (1 of 300): sample `7` is bad", "sample replaced (2 of 300): sample `8` is bad",
            "sample replaced (3 of 300): sample `9` is bad"], log.Lines);
    }

    [Fact]
    public void A_resumed_run_is_stopped_where_an_uninterrupted_one_is()
    {
        Add(3, 7, 8);
        var checkpoint = bad.Take(before: 4);
        Add(4, 9);
        Assert.StartsWith("4 of the 300 samples of train-*.tar cannot be used",
            Assert.Throws<InvalidDataException>(() => Add(5, 7, 10)).Message);
        bad.Begin(checkpoint);
        Add(4, 9);
        Assert.Equal([9], bad.Take(before: 5).Select(sample => sample.Index));
        Assert.StartsWith("4 of the 300 samples of train-*.tar cannot be used",
            Assert.Throws<InvalidDataException>(() => Add(5, 7, 10)).Message);
    }

    [Fact]
    public void A_later_seed_begins_at_none_and_other_datas_do_not_count()
    {
        Add(3, 7, 8, 9);
        bad.Begin([new(0, "val-*.tar", 1, "replaced", ""), new(0, "train-*.tar", 2, "left out", "")]);
        Assert.Empty(bad.Take(long.MaxValue));
        Add(0, 1, 2, 3);
        Assert.Equal([1, 2, 3], bad.Take(1).Select(sample => sample.Index));
    }

    [Fact]
    public void What_was_lost_before_counts_with_them()
    {
        var with = new BadSamples(297, "train-*.tar", "replaced", log, lost: 3);
        Assert.StartsWith("4 of the 300 samples of train-*.tar cannot be used, "
            + "more than 1% (3 of them by their names, as reported at the start)",
            Assert.Throws<InvalidDataException>(() =>
                with.Add(0, [(1, new SampleException("sample `1` is bad"))])).Message);
        Assert.True(BadSamples.AreTooMany(2, 24));
        Assert.False(BadSamples.AreTooMany(1, 24));
    }

    [Fact]
    public void Each_remark_is_told_of_the_first_sample_and_counted()
    {
        Sample Odd(string key, params string[] remarks) => new(key, default) { Remarks = remarks };
        bad.Remark([Odd("a"), Odd("b", "it is odd"), Odd("c", "it is odd", "it is blue")]);
        bad.Remark([Odd("b", "it is odd")]);
        bad.TellRemarks();
        bad.TellRemarks();
        Assert.Equal(["sample `b`: it is odd; others like it are only counted",
            "sample `c`: it is blue; others like it are only counted",
            "2 of the 300 samples of train-*.tar are odd: it is odd"], log.Lines);
    }
}
