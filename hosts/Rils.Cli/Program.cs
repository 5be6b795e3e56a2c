using Rils.Cli;
using Rils.Cli.Hosting;

return Application.Run(args, StandardStream.Output(), StandardStream.Error());
