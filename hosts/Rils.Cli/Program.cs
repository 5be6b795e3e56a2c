return Rils.Cli.Application.Run(args, Console.Out, Console.Error);
