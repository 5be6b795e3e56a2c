namespace Rils.Testing.Checks;

/// <summary>A kind that can be made.</summary>
/// <param name="Options">The options record.</param>
/// <param name="Context">The slot's context; the options once more where the kind makes no value.</param>
/// <param name="Make">Makes a new value; gives the options where the kind makes none.</param>
sealed record Kind(object Options, object Context, Func<object> Make);
