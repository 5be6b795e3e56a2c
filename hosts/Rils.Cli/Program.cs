using Rils.Cli;
using Rils.Cli.Hosting;

return Rils.Cli.Application.Run(args, Rils.Cli.Hosting.StandardStream.Output(),
    Rils.Cli.Hosting.StandardStream.Error());
