namespace Rils.Schedules;

/// <summary>Brings <c>[schedule] kind = "cosine"</c>, <c>"mae-cosine"</c> and <c>"constant"</c>.</summary>
public sealed class SchedulesPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Schedule<CosineOptions>("cosine", static (options, run) => new CosineSchedule(options, run))
        .Schedule<MaeCosineOptions>("mae-cosine", static (options, run) => new MaeCosineSchedule(options, run))
        .Schedule<ConstantOptions>("constant", static (options, _) => new ConstantSchedule(options));
}
