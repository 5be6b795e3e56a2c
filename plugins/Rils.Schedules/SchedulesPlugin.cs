namespace Rils.Schedules;

/// <summary>Brings <c>[schedule] kind = "cosine"</c>, <c>"mae-cosine"</c> and <c>"constant"</c>.</summary>
public sealed class SchedulesPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Schedule<CosineOptions, CosineSchedule>("cosine")
        .Schedule<MaeCosineOptions, MaeCosineSchedule>("mae-cosine")
        .Schedule<ConstantOptions, ConstantSchedule>("constant");
}
