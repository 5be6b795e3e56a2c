using Rils.Runs;

namespace Rils.Tests.Engine.Runs;

public sealed class StretchTests
{
    static Difference Threads(string was, string now) => new("threads", was, now);

    [Fact]
    public void Stretches_follow_one_another()
    {
        Stretch first = new(0, 1, 40, [Threads("2", "1")]), second = new(0, 1, 60, [Threads("1", "4")]),
            third = new(1, 1, 0, [new("data /d.tar", "a", "b", "data")]);
        var all = Stretch.Add(Stretch.Add(Stretch.Add([], first), second), third);
        Assert.Equal([first, second, third], all);
        Assert.Equal(["from step 40 of seed 0 on, threads was 2 and is 1",
            "from step 60 of seed 0 on, threads was 1 and is 4",
            "from step 0 of seed 1 on, data /d.tar was a and is b (accepted: data)"],
            all.SelectMany(stretch => stretch.Lines));
        Assert.StartsWith("from step 3 of phase 2 of seed 7 on, ",
            new Stretch(7, 2, 3, [Threads("1", "2")]).Lines.Single());
    }

    /// <summary>A session that was killed before its first checkpoint leaves nothing, and a session that goes on from
    /// an earlier checkpoint trains its steps again.</summary>
    [Fact]
    public void Steps_that_are_made_again_were_never_made_by_other_means()
    {
        var once = Stretch.Add([], new(0, 1, 40, [Threads("2", "1"), new("libtorch", "2.10.0", "2.10.1")]));
        Assert.Equal(["from step 30 of seed 0 on, libtorch was 2.10.0 and is 2.10.1"],
            Stretch.Add(once, new(0, 1, 30, [Threads("1", "2")])).SelectMany(stretch => stretch.Lines));
        Assert.Empty(Stretch.Add(once, new(0, 1, 40, [Threads("1", "2"), new("libtorch", "2.10.1", "2.10.0")])));
        Assert.Equal(["from step 40 of seed 0 on, threads was 2 and is 8"],
            Stretch.Add(Stretch.Add([], new(0, 1, 40, [Threads("2", "1")])), new(0, 1, 40, [Threads("1", "8")]))
            .SelectMany(stretch => stretch.Lines));
        // The last session differs in nothing from the one before; its steps still differ from those of the first.
        Assert.Equal(once.SelectMany(stretch => stretch.Lines),
            Stretch.Add(once, new(0, 1, 40, [])).SelectMany(stretch => stretch.Lines));
        Assert.Equal(2, Stretch.Add(once, new(0, 2, 0, [Threads("1", "2")])).Count);
    }
}
