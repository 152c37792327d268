package io.bowline.rpc.registry.nacos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import io.bowline.rpc.discovery.Instance;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class InstanceEntryTest {
    private static final String SERVICE = "demo.Greeter";

    @Property(tries = 300)
    void keepsEveryField(
            @ForAll @NotBlank @StringLength(min = 1, max = 40) String id,
            @ForAll @StringLength(max = 40) String application,
            @ForAll @StringLength(max = 10) String version,
            @ForAll @StringLength(max = 10) String group,
            @ForAll @IntRange(max = Instance.MAX_WEIGHT) int weight,
            @ForAll @Size(max = 4) Map<@StringLength(max = 10) String, @StringLength(max = 20) String> labels) {
        Instance instance = new Instance(
                id,
                application,
                new Address("fe80::1", 9_000),
                List.of(new ServiceName(SERVICE, version, group), ServiceName.of(SERVICE)),
                Set.of("json", "a,b"),
                weight,
                labels);

        assertThat(InstanceEntry.read(InstanceEntry.write(instance, SERVICE, "DEFAULT"), SERVICE))
                .isEqualTo(instance);
    }

    @Property(tries = 300)
    void readsOrRefusesWhateverStandsThere(
            @ForAll String id, @ForAll String offers, @ForAll String serializers, @ForAll double weight) {
        com.alibaba.nacos.api.naming.pojo.Instance entry = entry(
                Map.of("bowline", "1", "bowline.id", id, "bowline.offers", offers, "bowline.serializers", serializers));
        entry.setWeight(weight);
        try {
            InstanceEntry.read(entry, SERVICE);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @Test
    void takesNacosWeightOneAsNormal() {
        com.alibaba.nacos.api.naming.pojo.Instance entry = entry(Map.of("bowline", "1", "bowline.id", "a"));

        assertThat(weightOf(entry, 1.0)).isEqualTo(Instance.NORMAL_WEIGHT);
        assertThat(weightOf(entry, 0)).isZero();
        assertThat(weightOf(entry, 0.001)).isEqualTo(1);
        assertThat(weightOf(entry, 10_000)).isEqualTo(Instance.MAX_WEIGHT);
        assertThat(weightOf(entry, Double.POSITIVE_INFINITY)).isEqualTo(Instance.MAX_WEIGHT);
        assertThatThrownBy(() -> weightOf(entry, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> weightOf(entry, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static int weightOf(com.alibaba.nacos.api.naming.pojo.Instance entry, double weight) {
        entry.setWeight(weight);
        return InstanceEntry.read(entry, SERVICE).weight();
    }

    @Test
    void refusesMetadataBeyondItsBound() {
        String huge = "x".repeat(20_000);

        assertThatThrownBy(() -> InstanceEntry.read(
                        entry(Map.of("bowline", "1", "bowline.id", "a", "label.note", huge)), SERVICE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("xxx");
    }

    @Test
    void refusesToWriteWhatNacosWouldRefuse() {
        Instance instance = new Instance(
                "a",
                "shop",
                new Address("10.0.0.1", 1),
                List.of(ServiceName.of(SERVICE)),
                Set.of(),
                100,
                Map.of("note", "x".repeat(1_024)));

        assertThatThrownBy(() -> InstanceEntry.write(instance, SERVICE, "DEFAULT"))
                .isInstanceOfSatisfying(
                        RpcException.class, thrown -> assertThat(thrown.code()).isEqualTo(Code.INVALID_CONFIGURATION))
                .hasMessageContaining("expected: at most 1024");
    }

    private static com.alibaba.nacos.api.naming.pojo.Instance entry(Map<String, String> metadata) {
        com.alibaba.nacos.api.naming.pojo.Instance entry = new com.alibaba.nacos.api.naming.pojo.Instance();
        entry.setIp("10.0.0.1");
        entry.setPort(9_000);
        entry.setMetadata(metadata);
        return entry;
    }
}
