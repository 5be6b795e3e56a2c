using Microsoft.Extensions.Logging;

namespace Rils.Cli.Hosting;

/// <summary>The level of a message in four letters, as .NET's own console logger writes it.</summary>
static class LevelName
{
    public static string Of(LogLevel level) => level switch
    {
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        LogLevel.Information => "info",
        _ => "dbug",
    };
}
