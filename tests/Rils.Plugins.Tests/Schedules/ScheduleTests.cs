using Rils.Contract;
using Rils.Schedules;

namespace Rils.Tests.Plugins.Schedules;

public sealed class ScheduleTests
{
    const double Peak = 1e-3;

    [Fact]
    public void The_cosine_starts_at_the_start_peaks_twice_and_nears_the_final_rate()
    {
        var schedule = new CosineSchedule(new() { LearningRate = Peak, WarmupSteps = 10 }, Run(1000));
        Assert.Equal(1e-6, schedule.LearningRate(0));
        Assert.Equal(Peak, schedule.LearningRate(9), 1e-15);
        Assert.Equal(Peak, schedule.LearningRate(10), 1e-15);
        Assert.InRange(schedule.LearningRate(999), 1e-5, 1.01e-5);
    }

    [Fact]
    public void After_the_end_the_rate_stays_at_the_final_one()
    {
        Assert.Equal(1e-5, new CosineSchedule(new() { LearningRate = Peak }, Run(100)).LearningRate(150), 1e-15);
        Assert.Equal(0, new MaeCosineSchedule(new() { LearningRate = Peak }, Run(100)).LearningRate(150), 1e-15);
    }

    [Fact]
    public void Without_a_warm_up_the_first_step_has_the_full_rate() =>
        Assert.Equal(Peak, new CosineSchedule(new() { LearningRate = Peak, WarmupSteps = 0 }, Run(100)).LearningRate(0),
            1e-15);

    [Theory]
    [InlineData(1000, 10, 10)]
    [InlineData(50, 10, 5)]
    [InlineData(3, 10, 0)]
    public void A_warm_up_that_nobody_gave_fits_the_run(long steps, long perEpoch, double warmup) =>
        Assert.Equal(warmup, Warmup.Steps(new CosineOptions { LearningRate = Peak }, Run(steps, perEpoch)));

    [Fact]
    public void A_warm_up_longer_than_the_run_says_so_and_what_to_write()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            new CosineSchedule(new() { LearningRate = Peak, WarmupEpochs = 2 }, Run(30, 20)));
        Assert.Contains("warmup_epochs = 2 (40 steps of 20 an epoch) is not shorter than the run of 30 steps",
            error.Message);
        Assert.Contains("warmup_steps = 3", error.Message);
    }

    [Fact]
    public void Two_lengths_of_the_warm_up_are_refused() =>
        Assert.Throws<ArgumentException>(() =>
            new MaeCosineSchedule(new() { LearningRate = Peak, WarmupEpochs = 1, WarmupSteps = 5 }, Run(100)));

    [Fact]
    public void Constant_is_constant()
    {
        var schedule = Registrations.Of(new SchedulesPlugin())
            .Make<ExperimentContext, ISchedule>("constant", new ConstantOptions { LearningRate = Peak }, Run(10));
        Assert.All([0L, 5, 10], step => Assert.Equal(Peak, schedule.LearningRate(step)));
    }

    static ExperimentContext Run(long steps, long perEpoch = 20) => new(64, 32, steps, perEpoch, 512);
}
