package io.bowline.rpc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Address;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RpcServerExtensionTest {
    @RegisterExtension
    static final RpcServerExtension shared = RpcServerExtension.of(server ->
                    server.service(Greeter.class, name -> "hello " + name).serializer(new TextSerializer()))
            .withClient(client -> client.serializer(new TextSerializer()).timeout(Duration.ofSeconds(30)));

    private static Address sharedAddress = new Address("not-seen-yet", 1);

    @RegisterExtension
    final RpcServerExtension own = RpcServerExtension.of(server ->
                    server.service(Greeter.class, name -> "hi " + name).serializer(new TextSerializer()))
            .withClient(client -> client.serializer(new TextSerializer()).timeout(Duration.ofSeconds(30)));

    @Test
    void servesInOneLine() {
        assertThat(shared.proxy(Greeter.class).hello("World")).isEqualTo("hello World");
        assertThat(own.proxy(Greeter.class).hello("World")).isEqualTo("hi World");
        assertThat(own.address()).isNotEqualTo(shared.address());
    }

    @Test
    void givesTheClientForWhatAProxyNeeds() {
        Greeter greeter = shared.client().proxy(Greeter.class, options -> options.timeout(Duration.ofSeconds(20)));
        assertThat(greeter.hello("you")).isEqualTo("hello you");
    }

    @Nested
    class InANestedClass {
        @Test
        void theSharedServerIsTheSame() {
            sharedAddress = shared.address();
            assertThat(shared.proxy(Greeter.class).hello("nest")).isEqualTo("hello nest");
        }

        @Test
        void theSharedServerIsTheSameForEachTest() {
            assertThat(sharedAddress).isIn(shared.address(), new Address("not-seen-yet", 1));
        }
    }

    @Test
    void saysThatItDoesNotRunOutsideATest() {
        RpcServerExtension idle = RpcServerExtension.of(Greeter.class, name -> name);
        assertThatThrownBy(idle::address)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }

    /** The contract of this test. */
    public interface Greeter {
        String hello(String name);
    }
}
