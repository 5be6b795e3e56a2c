using System.Text.Json;
using Rils.Contract;
using Rils.Schedules;
using Rils.Tests.Golden;

namespace Rils.Tests.Plugins.Schedules;

[Trait("Category", "Golden")]
public sealed class GoldenScheduleTests
{
    const double Tolerance = 1e-12;

    public static TheoryData<string> Cases => GoldenCases.Of("schedules");

    [Theory, MemberData(nameof(Cases))]
    public void The_cosine_is_that_of_SLIP(string folder)
    {
        var (arguments, expected) = Read(folder, "slip_cosine");
        var options = new CosineOptions
        {
            LearningRate = arguments.GetProperty("base").GetDouble(),
            FinalLearningRate = arguments.GetProperty("final").GetDouble(),
            StartLearningRate = arguments.GetProperty("start").GetDouble(),
            WarmupEpochs = arguments.GetProperty("warmup_epochs").GetDouble(),
        };
        AssertSame(expected, new CosineSchedule(options, Run(arguments)));
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_half_cosine_is_that_of_MAE(string folder)
    {
        var (arguments, expected) = Read(folder, "mae_cosine");
        var options = new MaeCosineOptions
        {
            LearningRate = arguments.GetProperty("base").GetDouble(),
            FinalLearningRate = arguments.GetProperty("min").GetDouble(),
            WarmupEpochs = arguments.GetProperty("warmup_epochs").GetDouble(),
        };
        AssertSame(expected, new MaeCosineSchedule(options, Run(arguments)));
    }

    static void AssertSame(double[] expected, ISchedule schedule)
    {
        for (var step = 0; step < expected.Length; step++)
            Assert.True(Math.Abs(schedule.LearningRate(step) - expected[step]) <= Tolerance * Math.Abs(expected[step]),
                $"step {step}: {schedule.LearningRate(step):r} instead of {expected[step]:r}");
    }

    static ExperimentContext Run(JsonElement arguments)
    {
        var perEpoch = arguments.GetProperty("iters_per_epoch").GetInt64();
        return new(64, 32, arguments.GetProperty("epochs").GetInt64() * perEpoch, perEpoch, 512);
    }

    static (JsonElement Arguments, double[] Expected) Read(string folder, string schedule)
    {
        var json = JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, "schedules.json"))).GetProperty(schedule);
        return (json.GetProperty("args"),
            [.. json.GetProperty("lr").EnumerateArray().Select(rate => rate.GetDouble())]);
    }
}
