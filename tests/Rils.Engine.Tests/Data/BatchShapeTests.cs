using Rils.Engine.Data;

namespace Rils.Tests.Engine.Data;

public sealed class BatchShapeTests
{
    [Fact]
    public void Arms_with_differing_patches_each_get_noise_of_their_number()
    {
        var shape = new BatchShape();
        shape.Complete([new(4, 4), new(2, 2), new(4, 4), new(2, 8)], ComponentReading.Nothing, hasViews: false);
        Assert.Equal([4, 16], shape.Patches);
    }
}
