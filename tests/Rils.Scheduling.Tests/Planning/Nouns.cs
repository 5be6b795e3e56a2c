namespace Rils.Scheduling.Tests.Planning;

sealed record Batch : IShared;
sealed record Epoch : IShared;
sealed record Report : IShared;
sealed record Options;
sealed record ItemOptions;
sealed record Model;
sealed record ModelView : IBackedBy<Model>;
sealed record OtherView : IBackedBy<Model>;
sealed record Tokens;
sealed record Features;
sealed record Term;
