namespace Rils.Contract;

/// <summary>Says of the class of a backbone, text encoder or decoder that a sample's result in training depends on the
/// samples beside it: batch norm. Such a module gets the whole batch in one pass, whatever <c>[compute] parts</c> says,
/// so that its running statistics move once for each pass, and <c>[data] chunk</c> is a mistake of the file. In
/// evaluation, and as a teacher, the module is in <c>eval()</c>.</summary>
/// <remarks>Layers of batch norm are found without this interface too, but only once the module is made.</remarks>
public interface ILooksAcrossSamples;
