package io.bowline.rpc.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Address;
import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RegistryUriTest {
    @Test
    void readsEveryPart() {
        RegistryUri uri =
                RegistryUri.parse("nacos://me:p%40ss%2F@h1,[::1]:8849/a%20b/?namespace=dev&wait=300ms&size=7&plus=a+b");

        assertThat(uri.scheme()).isEqualTo("nacos");
        assertThat(uri.user()).isEqualTo("me");
        assertThat(uri.password()).isEqualTo("p@ss/");
        assertThat(uri.hosts()).containsExactly("h1", "[::1]:8849");
        assertThat(uri.addresses(8848)).containsExactly(new Address("h1", 8848), new Address("::1", 8849));
        assertThat(uri.path()).isEqualTo("a b");
        assertThat(uri.option("namespace")).isEqualTo("dev");
        assertThat(uri.option("plus", "")).isEqualTo("a+b");
        assertThat(uri.option("absent")).isNull();
        assertThat(uri.duration("wait", Duration.ZERO)).isEqualTo(Duration.ofMillis(300));
        assertThat(uri.duration("absent", Duration.ofHours(2))).isEqualTo(Duration.ofHours(2));
        assertThat(uri.integer("size", 1, 1, 10)).isEqualTo(7);
    }

    @Test
    void showsNoSecret() {
        RegistryUri uri = RegistryUri.parse("nacos://me:secret@h1:8848/x?password=secret&namespace=dev");

        assertThat(uri).hasToString("nacos://h1:8848/x");
        assertThat(uri.describe("namespace", "group")).isEqualTo("nacos://h1:8848/x?namespace=dev");
        assertThat(uri.invalid("broken")).message().doesNotContain("secret");
        assertThatThrownBy(() -> uri.allow("namespace")).message().doesNotContain("secret");
        assertThatThrownBy(() -> RegistryUri.parse("nacos:me:secret@h1"))
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> RegistryUri.parse("nacos://me:secret%zz@h1"))
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> RegistryUri.parse("nacos://h1?password=secret&password=secret"))
                .hasMessageContaining("option 'password' stands twice")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void anUnknownOptionIsToldWithTheKnownOnes() {
        RegistryUri uri = RegistryUri.parse("nacos://h1?namspace=dev");

        assertThatThrownBy(() -> uri.allow("namespace", "group"))
                .isInstanceOf(RpcException.class)
                .hasMessage("RPC-INVALID-CONFIGURATION registry nacos://h1: unknown option 'namspace'; known: group,"
                        + " namespace. Did you mean namespace?");
    }

    @Test
    void anUnknownSchemeIsToldWithTheKnownOnes() {
        assertThatThrownBy(() -> RegistryUri.parse("statik://h1:1").connect())
                .hasMessageContainingAll("'statik'", "file", "memory", "Did you mean static?");
    }

    @Test
    void connectsToTheRegistriesWithoutAServer() {
        assertThat(RegistryUri.parse("static://h1:1,h2:2").connect().status().description())
                .isEqualTo("static://h1:1,h2:2");
        assertThat(RegistryUri.parse("memory://here").connect().status().description())
                .isEqualTo("memory://here");
        try (Registry file = RegistryUri.parse("file:///nowhere/providers.txt").connect()) {
            assertThat(file.status().description()).isEqualTo("file:///nowhere/providers.txt");
        }
    }

    @Test
    void refusesWhatTheRegistriesWithoutAServerCannotUse() {
        assertRefused("static://h1", "expected: host:port");
        assertRefused("static://", "no host");
        assertRefused("static://h1:1/path", "a path");
        assertRefused("static://h1:1?weight=2", "unknown option 'weight'; known: none");
        assertRefused("static://h1:1,,h2:2", "an empty host");
        assertRefused("memory://a,b", "no single name");
        assertRefused("file://relative.txt", "no absolute path");
        assertRefused("h1:2181", "not a URI like");
        assertRefused("Static://h1:1", "the scheme in lower case");
        assertRefused("static://h1:1?flag", "an option without name or value");
    }

    private static void assertRefused(String uri, String told) {
        assertThatThrownBy(() -> RegistryUri.parse(uri).connect())
                .isInstanceOfSatisfying(
                        RpcException.class,
                        failure -> assertThat(failure.code()).isEqualTo(Code.INVALID_CONFIGURATION))
                .hasMessageContaining(told);
    }

    @Property
    void anyTextIsReadOrRefusedWithAType(@ForAll String text) {
        try {
            assertThat(RegistryUri.parse("x://" + text).scheme()).isEqualTo("x");
        } catch (RpcException refused) {
            assertThat(refused.code()).isEqualTo(Code.INVALID_CONFIGURATION);
        }
    }
}
