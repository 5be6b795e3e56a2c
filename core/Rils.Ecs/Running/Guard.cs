namespace Rils.Ecs;

/// <summary>Runs a system and names it in whatever it throws.</summary>
static class Guard
{
    public static void Run(CompiledSystem system, string? arm, long step, string device = "", IProbe? probe = null)
    {
        var begun = probe.Now();
        try
        {
            system.Run(step);
        }
        catch (Exception cause)
        {
            throw new SystemFailedException(system.Name, arm, step, cause);
        }
        probe?.Ran(device, system.Planned, step, begun);
    }
}
