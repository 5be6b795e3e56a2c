using Rils.Configuration;
using Rils.Engine.Slots;

namespace Rils.Tests.Engine.Experiments;

public sealed class DataTablesTests
{
    /// <summary>Merging keeps these tables where the kind of source changes.</summary>
    [Fact]
    public void The_tables_that_stay_are_the_slots_of_data() =>
        Assert.Equal(SlotTable.Engine.OfData.Select(slot => slot.Key), EngineTables.OfData);
}
