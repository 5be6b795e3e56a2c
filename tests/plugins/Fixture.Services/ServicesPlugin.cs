using Microsoft.Extensions.DependencyInjection;

namespace Fixture.Services;

/// <summary>Registers a masking by its class, and a service that the masking takes.</summary>
public sealed class ServicesPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils)
    {
        rils.Services.AddScoped<Share>();
        rils.Masking<ServicesOptions, FirstShare>("first-share");
    }
}
