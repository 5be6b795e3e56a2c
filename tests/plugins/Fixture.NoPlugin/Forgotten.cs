namespace Fixture.NoPlugin;

/// <summary>A class that would be a plugin, if it implemented <c>IPlugin</c>.</summary>
public static class Forgotten
{
    /// <summary>Has the form of <c>IPlugin.Configure</c>, and is not that method.</summary>
    public static void Configure(IRilsBuilder rils) => rils.Component<object>("forgotten");
}
