namespace Rils.Configuration;

/// <summary>Binds the table of a property that names a kind of a slot.</summary>
/// <param name="wrapped">The property's type, a <see cref="Rils.Contract.Wrapped{TContext, TSlot}"/>.</param>
/// <param name="key">The property's key.</param>
/// <param name="node">The value in the file.</param>
/// <param name="where">The name of the table in messages.</param>
/// <returns>The value; null after reporting a mistake.</returns>
delegate object? BindWrapped(Type wrapped, string key, TomlNode node, string where);
