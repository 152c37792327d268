package io.bowline.rpc.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InstanceTextTest {
    private static final Instance SAMPLE = new Instance(
            "orders-7f3a",
            "orders",
            new Address("10.0.0.7", 9_000),
            List.of(new ServiceName("demo.Orders", "1.2", "blue"), ServiceName.of("demo.Prices")),
            Set.of("protostuff", "json"),
            50,
            Map.of("zone", "eu\t1"));

    private static final String TEXT = """
            bowline-instance 1
            id\torders-7f3a
            application\torders
            address\t10.0.0.7:9000
            weight\t50
            service\tdemo.Orders\t1.2\tblue
            service\tdemo.Prices\t\t
            serializer\tjson
            serializer\tprotostuff
            label\tzone\teu\\t1
            """;

    @Test
    void writesReadableText() {
        assertThat(new String(InstanceText.encode(SAMPLE), UTF_8)).isEqualTo(TEXT);
    }

    @Property(tries = 300)
    void everyInstanceComesBack(@ForAll("instances") Instance instance) {
        assertThat(InstanceText.decode(InstanceText.encode(instance))).isEqualTo(instance);
    }

    @Test
    void skipsWhatANewerVersionAdds() {
        String newer = TEXT.replace("weight\t50", "weight\t50\tby-hand\nregion\teu\nbare") + "\n\n";

        assertThat(InstanceText.decode(newer.getBytes(UTF_8))).isEqualTo(SAMPLE);
    }

    @Test
    void refusesWhatIsNoInstanceWithoutRepeatingIt() {
        assertMalformed("", "line 1");
        assertMalformed("secret", "line 1");
        assertMalformed(TEXT.replace("bowline-instance 1", "bowline-instance 2"), "another release");
        assertMalformed(TEXT.replace("id\torders-7f3a\n", ""), "missing");
        assertMalformed(TEXT + "id\tsecret\n", "line 11");
        assertMalformed(TEXT.replace("10.0.0.7:9000", "secret"), "out of bounds");
        assertMalformed(TEXT.replace("weight\t50", "weight\t-1"), "out of bounds");
        assertMalformed(TEXT.replace("weight\t50", "weight\tsecret"), "out of bounds");
        assertMalformed(TEXT.replace("eu\\t1", "secret\\x"), "line 10");
        assertMalformed(TEXT.replace("eu\\t1", "secret\\u00"), "line 10");
        assertMalformed(TEXT.replace("service\tdemo.Prices\t\t", "service\tsecret"), "line 7");
        assertMalformed(TEXT.replace("service\tdemo.Prices\t\t", "service\t\t\t"), "line 7");
    }

    private static void assertMalformed(String text, String told) {
        assertThatThrownBy(() -> InstanceText.decode(text.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        RpcException.class,
                        failure -> assertThat(failure.code()).isEqualTo(Code.MALFORMED_DATA))
                .hasMessageContaining(told)
                .message()
                .doesNotContain("secret");
    }

    @Property
    void anyBytesEndInAnInstanceOrATypedFailure(@ForAll @Size(max = 200) byte[] bytes) {
        assertReadOrRefused(bytes);
    }

    @Property(tries = 300)
    void aDamagedTextEndsInAnInstanceOrATypedFailure(
            @ForAll("instances") Instance instance, @ForAll int position, @ForAll byte damage) {
        byte[] bytes = InstanceText.encode(instance);
        bytes[Math.floorMod(position, bytes.length)] = damage;

        assertReadOrRefused(bytes);
    }

    private static void assertReadOrRefused(byte[] bytes) {
        try {
            assertThat(InstanceText.decode(bytes).id()).isNotBlank();
        } catch (RpcException refused) {
            assertThat(refused.code()).isEqualTo(Code.MALFORMED_DATA);
        }
    }

    @Test
    void isBoundedOnBothSides() {
        Instance large = new Instance(
                "a",
                "",
                new Address("h", 1),
                List.of(),
                Set.of(),
                100,
                Map.of("x", "y".repeat(InstanceText.MAX_BYTES)));

        assertThatThrownBy(() -> InstanceText.encode(large)).hasMessageContaining("(expected: at most 65536");
        assertThatThrownBy(() -> InstanceText.decode(new byte[InstanceText.MAX_BYTES + 1]))
                .hasMessageContaining("65537 bytes");
        assertThatThrownBy(() -> InstanceText.decode(new byte[] {(byte) 0xff})).hasMessageContaining("not UTF-8");
    }

    @Provide
    Arbitrary<Instance> instances() {
        Arbitrary<String> text = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12),
                Arbitraries.of(
                        "", "\t", "\n", "\\", "\\t", "\r\n", "\u0085", "\u2028", "\ud800", "\udc00x", "😀", "\0"));
        Arbitrary<String> name = text.filter(some -> !some.isBlank());
        Arbitrary<ServiceName> service = Combinators.combine(name, text, text).as(ServiceName::new);
        return Combinators.combine(
                        name,
                        text,
                        Arbitraries.of("10.0.0.1", "::1", "höst.example")
                                .flatMap(host -> Arbitraries.integers()
                                        .between(0, 65_535)
                                        .map(port -> new Address(host, port))),
                        service.list().ofMaxSize(5),
                        text.set().ofMaxSize(3),
                        Arbitraries.integers().between(0, Instance.MAX_WEIGHT),
                        Arbitraries.maps(text, text).ofMaxSize(4))
                .as(Instance::new);
    }
}
