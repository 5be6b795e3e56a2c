namespace Rils.Scheduling.Tests;

static class Make
{
    public static SystemDefinition On(Stage stage, string name, Delegate body,
        Action<SystemOptions>? order = null, string origin = "")
    {
        var options = new SystemOptions();
        order?.Invoke(options);
        return new(stage, name, body, options, origin);
    }

    /// <summary>A world with arms; <c>name@device</c> puts one on another device than <c>cpu</c>.</summary>
    public static World World(params string[] arms)
    {
        var world = new World();
        foreach (var arm in arms) world.AddArm(arm.Split('@')[0], arm.Contains('@') ? arm.Split('@')[1] : "cpu");
        return world;
    }

    /// <summary>Fails instead of hanging for ever.</summary>
    public static void WithinTime(Action action) =>
        Task.Factory.StartNew(action, TaskCreationOptions.LongRunning).WaitAsync(TimeSpan.FromMinutes(5)).GetAwaiter()
            .GetResult();

    /// <summary>Waits for what another lane must do.</summary>
    public static void WaitWithinTime(this SemaphoreSlim semaphore) =>
        Assert.True(semaphore.Wait(TimeSpan.FromMinutes(4)), "a lane waits in vain");
}
