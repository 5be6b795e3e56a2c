using System.ComponentModel.DataAnnotations;
using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Contract;

namespace Rils.Tests.Engine.Experiments;

public class OptionsBinderTests
{
    [Fact]
    public void A_missing_path_and_a_wrong_one_are_called_so()
    {
        var problems = new Problems();
        foreach (var train in (string[])["", "train = 3"])
            OptionsBinder.Bind<DataSettings>(
                TomlText.Parse($"batch = 2\nimage = 8\n{train}", "a.toml", problems, out _), "[data]", problems);
        Assert.Equal(
            ["missing key `train` in [data]: a path, or an array of paths",
                "`train` in [data] must be a path, not the whole number 3"],
            problems.Select(problem => problem.Message));
    }

    public enum Prototypes
    {
        Detached,
        HalfAttached,
    }

    public sealed record Inner
    {
        public required int Depth { get; init; }

        [Range(1, 4)] public int Heads { get; init; } = 2;
    }

    public sealed record Everything
    {
        [Range(0, 1)] public double Ratio { get; init; } = 0.75;
        public int Count { get; init; } = 1;
        public long Large { get; init; }
        public float Small { get; init; }
        public bool IsOn { get; init; }
        public string Text { get; init; } = "default";
        public Prototypes Prototypes { get; init; }
        public int? Maybe { get; init; }
        public Prototypes? Choice { get; init; }
        public double[] Betas { get; init; } = [0.9, 0.98];
        public IReadOnlyList<string> Names { get; init; } = [];
        public List<int> Sizes { get; init; } = [];
        public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
        public Inner Inner { get; init; } = new() { Depth = 1 };
        public Inner[] Blocks { get; init; } = [];
        public Period Every { get; init; } = new(1, PeriodUnit.Epochs);
        public Period? Once { get; init; }
        public int Computed => Count + 1;
    }

    public sealed record Ruled
    {
        [Range(0, 1, MinimumIsExclusive = true, MaximumIsExclusive = true)] public double Open { get; init; } = 0.5;
        [Range(1, int.MaxValue)] public int Positive { get; init; } = 1;
        [Range(0, double.PositiveInfinity)] public double NotNegative { get; init; }
        [AllowedValues(32, 64)] public int Image { get; init; } = 64;
        [AllowedValues("qv", "qkv")] public string Bias { get; init; } = "qv";
        [MinLength(1)] public string Name { get; init; } = "n";
        [MinLength(2)] public int[] Pair { get; init; } = [1, 2];
        [RegularExpression("[a-z]+")] public string Word { get; init; } = "word";
        [Range(0.0, 0.999)] public double[] Betas { get; init; } = [];
        [RegularExpression("[a-z]+", ErrorMessage = "{0} is a word")] public string Own { get; init; } = "w";
        [CreditCard] public string Card { get; init; } = "";
    }

    public sealed record Crossed : IValidatableObject
    {
        public int Width { get; init; } = 192;
        public int Heads { get; init; } = 3;

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Width % Heads != 0)
                yield return new ValidationResult($"heads ({Heads}) must divide width ({Width})", [nameof(Heads)]);
        }
    }

    public sealed record Paths
    {
        [ExperimentPath] public required string Train { get; init; }
        [ExperimentPath] public IReadOnlyList<string> Shards { get; init; } = [];
        public string Plain { get; init; } = "";
    }

    public sealed record Throwing
    {
        public int Value { get => 0; init => throw new InvalidOperationException("the setter refuses"); }
        public TimeSpan Time { get; init; }
        public Uri? Address { get; init; }
    }

    static (T? Options, string Mistakes) Bind<T>(string toml, params string[] alsoKnown)
        where T : class
    {
        var problems = new Problems();
        var options = OptionsBinder.Bind<T>(Trees.Parse(toml), "[masking]", problems, alsoKnown.ToHashSet());
        Assert.Equal(options is null, problems.Count > 0);
        return (options, string.Join('\n', problems));
    }

    static T Bound<T>(string toml, params string[] alsoKnown)
        where T : class
    {
        var (options, mistakes) = Bind<T>(toml, alsoKnown);
        Assert.Equal("", mistakes);
        return options!;
    }

    [Fact]
    public void Defaults_stay_where_nothing_is_given()
    {
        var options = Bound<Everything>("kind = 'x'", "kind");
        Assert.Equal((0.75, 1, "default", null, 2),
            (options.Ratio, options.Count, options.Text, options.Maybe, options.Betas.Length));
    }

    [Fact]
    public void Binds_every_type()
    {
        var options = Bound<Everything>("""
            ratio = 1
            count = 3
            large = 9223372036854775807
            small = 0.5
            is_on = true
            text = "t"
            prototypes = "half-attached"
            maybe = 4
            choice = "half_attached"
            betas = [0, 0.5]
            names = ["a", "b"]
            sizes = [1, 2]
            labels = { a = "x", "b c" = "y" }
            inner = { depth = 5 }
            blocks = [{ depth = 1 }, { depth = 2, heads = 4 }]
            every = 500
            once = "10 minutes"
            """);
        Assert.Equal((1.0, 3, long.MaxValue, 0.5f), (options.Ratio, options.Count, options.Large, options.Small));
        Assert.True(options.IsOn);
        Assert.Equal(("t", Prototypes.HalfAttached, 4, Prototypes.HalfAttached),
            (options.Text, options.Prototypes, options.Maybe, options.Choice));
        Assert.Equal([0, 0.5], options.Betas);
        Assert.Equal(["a", "b"], options.Names);
        Assert.Equal([1, 2], options.Sizes);
        Assert.Equal(("x", "y"), (options.Labels["a"], options.Labels["b c"]));
        Assert.Equal(new Inner { Depth = 5 }, options.Inner);
        Assert.Equal([new Inner { Depth = 1 }, new Inner { Depth = 2, Heads = 4 }], options.Blocks);
        Assert.Equal((new Period(500, PeriodUnit.Steps), new Period(10, PeriodUnit.Minutes)),
            (options.Every, options.Once!.Value));
    }

    [Fact]
    public void A_lone_value_is_a_list_of_one() => Assert.Equal(["a"], Bound<Everything>("names = 'a'").Names);

    [Theory]
    [InlineData("detached", Prototypes.Detached)]
    [InlineData("half-attached", Prototypes.HalfAttached)]
    [InlineData("half_attached", Prototypes.HalfAttached)]
    [InlineData("halfattached", Prototypes.HalfAttached)]
    public void Enums_have_three_spellings(string text, Prototypes expected) =>
        Assert.Equal(expected, Bound<Everything>($"prototypes = '{text}'").Prototypes);

    [Theory]
    [InlineData("ratio = 'high'", "x.toml:1:9: `ratio` in [masking] must be a number, not the string \"high\"")]
    [InlineData("ratio = 1.4", "x.toml:1:9: `ratio` in [masking] is 1.4; allowed: 0 to 1")]
    [InlineData("ratio = -1", "x.toml:1:9: `ratio` in [masking] is -1; allowed: 0 to 1")]
    [InlineData("ratio = nan", "x.toml:1:9: `ratio` in [masking] is nan; allowed: 0 to 1")]
    [InlineData("ratio = inf", "x.toml:1:9: `ratio` in [masking] is inf; allowed: 0 to 1")]
    [InlineData("count = 3.0", "x.toml:1:9: `count` in [masking] must be a whole number, not the number 3.0")]
    [InlineData("count = 3000000000",
        "x.toml:1:9: `count` in [masking] is 3000000000; allowed: -2147483648 to 2147483647")]
    [InlineData("is_on = 1", "x.toml:1:9: `is_on` in [masking] must be true or false, not the whole number 1")]
    [InlineData("text = 2024-01-02", "x.toml:1:8: `text` in [masking] must be a string, not the date 2024-01-02")]
    [InlineData("text = [1]", "x.toml:1:8: `text` in [masking] must be a string, not an array")]
    [InlineData("prototypes = 'detachd'", "x.toml:1:14: `prototypes` in [masking] is \"detachd\"; "
        + "did you mean `detached`? Allowed: detached, half-attached.")]
    [InlineData("prototypes = '0'",
        "x.toml:1:14: `prototypes` in [masking] is \"0\"; allowed: detached, half-attached")]
    [InlineData("prototypes = 0",
        "x.toml:1:14: `prototypes` in [masking] must be one of detached, half-attached, not the whole number 0")]
    [InlineData("betas = [1, 'x', true]",
        "x.toml:1:13: `betas` in [masking] must be a number, not the string \"x\"\n"
            + "x.toml:1:18: `betas` in [masking] must be a number, not true")]
    [InlineData("betas = { a = 1 }",
        "x.toml:1:9: `betas` in [masking] must be an array, each item a number, not a table")]
    [InlineData("labels = { a = 1 }", "x.toml:1:16: `labels.a` in [masking] must be a string, not the whole number 1")]
    [InlineData("labels = 1", "x.toml:1:10: `labels` in [masking] must be a table, not the whole number 1")]
    [InlineData("inner = 1", "x.toml:1:9: `inner` in [masking] must be a table, not the whole number 1")]
    [InlineData("inner = { depht = 1, heads = 9 }",
        "x.toml:1:11: unknown key `depht` in [masking.inner]; did you mean `depth`? Keys: depth, heads.\n"
        + "x.toml:1:30: `heads` in [masking.inner] is 9; allowed: 1 to 4")]
    [InlineData("every = 'often'",
        "x.toml:1:9: `every` in [masking] must be a period: "
            + "500 (steps), \"500 steps\", \"2 epochs\" or \"10 minutes\", not the string \"often\"")]
    [InlineData("every = 0",
        "x.toml:1:9: `every` in [masking] must be a period: "
            + "500 (steps), \"500 steps\", \"2 epochs\" or \"10 minutes\", not the whole number 0")]
    [InlineData("every = 5.0",
        "x.toml:1:9: `every` in [masking] must be a period: "
            + "500 (steps), \"500 steps\", \"2 epochs\" or \"10 minutes\", not the number 5.0")]
    public void A_value_of_the_wrong_type_says_what_is_right(string toml, string expected) =>
        Assert.Equal(expected, Bind<Everything>(toml).Mistakes);

    [Theory]
    [InlineData("open = 0", "x.toml:1:8: `open` in [masking] is 0; allowed: above 0 to below 1")]
    [InlineData("open = 1.0", "x.toml:1:8: `open` in [masking] is 1.0; allowed: above 0 to below 1")]
    [InlineData("positive = 0", "x.toml:1:12: `positive` in [masking] is 0; allowed: at least 1")]
    [InlineData("not_negative = -0.5", "x.toml:1:16: `not_negative` in [masking] is -0.5; allowed: at least 0")]
    [InlineData("not_negative = nan", "x.toml:1:16: `not_negative` in [masking] is nan; allowed: at least 0")]
    [InlineData("image = 63", "x.toml:1:9: `image` in [masking] is 63; allowed: 32, 64")]
    [InlineData("bias = 'v'", "x.toml:1:8: `bias` in [masking] is \"v\"; allowed: \"qv\", \"qkv\"")]
    [InlineData("name = ''", "x.toml:1:8: `name` in [masking] is \"\"; at least 1 long")]
    [InlineData("pair = [1]", "x.toml:1:8: `pair` in [masking] is an array; at least 2 long")]
    [InlineData("word = 'A'", "x.toml:1:8: `word` in [masking] is \"A\"; it must match [a-z]+")]
    [InlineData("betas = [0.9, 1.0]", "x.toml:1:15: `betas` in [masking] is 1.0; allowed: 0 to 0.999")]
    [InlineData("own = '1'", "x.toml:1:7: `own` in [masking] is \"1\": own is a word")]
    [InlineData("card = '1'",
        "x.toml:1:8: `card` in [masking] is \"1\": The card field is not a valid credit card number.")]
    public void A_value_that_is_not_allowed_says_what_is(string toml, string expected) =>
        Assert.Equal(expected, Bind<Ruled>(toml).Mistakes);

    [Fact]
    public void Allowed_values_pass() =>
        Bound<Ruled>("open=0.5\npositive=1\nnot_negative=inf\nimage=32\nbias='qkv'\nname='x'\npair=[1,2]\nword='w'\n"
            + "betas=[0,0.999]\nown='a'");

    public sealed record OnlyRatio
    {
        public double Ratio { get; init; }
    }

    [Fact]
    public void An_unknown_key_names_its_neighbour_and_the_keys()
    {
        Assert.Equal("x.toml:2:1: unknown key `mask_raito` in [masking]; did you mean `ratio`? Keys: ratio.",
            Bind<OnlyRatio>("\nmask_raito = 1").Mistakes);
        Assert.Equal("x.toml:1:1: unknown key `zzz` in [masking]. Keys: ratio, every, kind.",
            Bind<OnlyRatio>("zzz = 1", "kind", "every").Mistakes);
        Assert.Equal("x.toml:1:1: unknown key `kin` in [masking]; did you mean `kind`? Keys: ratio, kind.",
            Bind<OnlyRatio>("kin = 1", "kind").Mistakes);
        Assert.Equal("x.toml:1:1: unknown key `zzz` in [masking]. It takes none.", Bind<object>("zzz = 1").Mistakes);
    }

    [Fact]
    public void All_mistakes_of_a_table_are_reported() => Assert.Equal(
        """
        x.toml:1:1: unknown key `trian` in [masking]; did you mean `train`? Keys: train, shards, plain.
        x.toml:2:10: `shards` in [masking] must be a path, not the whole number 1
        x.toml:3:9: `plain` in [masking] must be a string, not the whole number 3
        """,
        Bind<Paths>("trian = 'x'\nshards = 1\nplain = 3").Mistakes.Replace("must be an array, each item a string",
            "must be a string"));

    [Fact]
    public void A_records_own_check_runs_on_sound_options()
    {
        Assert.Equal("x.toml:2:9: [masking]: heads (5) must divide width (192)",
            Bind<Crossed>("width = 192\nheads = 5").Mistakes);
        Assert.Equal("x.toml:1:1: [masking]: heads (3) must divide width (100)", Bind<Crossed>("width = 100").Mistakes);
        Assert.Equal("x.toml:1:9: `heads` in [masking] must be a whole number, not the string \"0\"",
            Bind<Crossed>("heads = '0'").Mistakes);
        Assert.StartsWith("x.toml:1:1: [masking]: DivideByZeroException in Crossed.",
            Bind<Crossed>("heads = 0").Mistakes);
    }

    [Fact]
    public void Options_that_no_file_can_give_are_a_mistake_and_no_crash()
    {
        Assert.Equal("x.toml:1:9: `value` in [masking] is 1: the setter refuses", Bind<Throwing>("value = 1").Mistakes);
        Assert.Equal("x.toml:1:8: `time` in [masking] cannot come from a file: its type is TimeSpan",
            Bind<Throwing>("time = 1").Mistakes);
        Assert.Equal("x.toml:1:11: `address` in [masking] cannot come from a file: its type is Uri",
            Bind<Throwing>("address = 'x'").Mistakes);
        Assert.StartsWith("x.toml:1:1: [masking] cannot be used: System.String cannot be made",
            Bind<string>("").Mistakes.Split('\n')[0]);
    }

    [Fact]
    public void Arms_that_share_a_table_report_its_mistakes_once_and_each_gets_nothing()
    {
        var problems = new Problems();
        var table = Trees.Parse("ratio = 2");
        Assert.Null(OptionsBinder.Bind<Everything>(table, "[masking]", problems));
        Assert.Null(OptionsBinder.Bind<Everything>(table.Copy(), "[masking]", problems));
        Assert.Single(problems);
    }

    [Fact]
    public void Paths_start_from_the_file_that_names_them()
    {
        using var folder = new ExperimentFolder();
        folder.File("sub/base.toml", "[data]\ntrain = '../a/*.tar'\nshards = ['b', '/abs/c']\nplain = 'p'\n");
        var tree = folder.Read("extends = 'sub/base.toml'\n", "data.plain=q");
        var data = (TableNode)tree.Root["data"]!;
        var paths = OptionsBinder.Bind<Paths>(data, "[data]", folder.Problems)!;
        Assert.Equal((folder.Path + "/a/*.tar", "q"), (paths.Train, paths.Plain));
        Assert.Equal([folder.Path + "/sub/b", "/abs/c"], paths.Shards);
        Assert.Equal($"{{train: \"{folder.Path}/a/*.tar\", shards: [\"{folder.Path}/sub/b\", \"/abs/c\"], plain: "
            + $"\"q\"}}", Trees.Show(data));
    }

    [Fact]
    public void Paths_of_a_set_start_from_the_current_folder()
    {
        using var folder = new ExperimentFolder();
        var tree = folder.Read("[data]\ntrain = 'x'\n", "data.train=a/b.tar", "data.shards=['c']");
        var paths = OptionsBinder.Bind<Paths>((TableNode)tree.Root["data"]!, "[data]", folder.Problems)!;
        Assert.Equal(Path.Combine(Directory.GetCurrentDirectory(), "a/b.tar"), paths.Train);
        Assert.Equal(Path.Combine(Directory.GetCurrentDirectory(), "c"), paths.Shards.Single());
    }

    [Theory]
    [InlineData("train = ''", "x.toml:1:9: `train` in [masking] is \"\", which is no path")]
    [InlineData("train = \"a\\u0000\"", "x.toml:1:9: `train` in [masking] is \"a\\x00\", which is no path")]
    [InlineData("train = 1", "x.toml:1:9: `train` in [masking] must be a path, not the whole number 1")]
    public void What_is_no_path_is_a_mistake(string toml, string expected) =>
        Assert.Equal(expected, Bind<Paths>(toml).Mistakes);
}
