package io.bowline.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.Deadline;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.Request;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.ServiceName;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestKeyTest {
    private record User(long userId, @Nullable String name) {}

    private record Order(User customer, TimeUnit unit) {}

    private static class Bean {
        final short field = 3;

        public int getUserId() {
            return 77;
        }

        public boolean isPaid() {
            return true;
        }

        String failing() {
            throw new IllegalStateException("no");
        }
    }

    private static final class Derived extends Bean {}

    private static Request request(@Nullable Object... arguments) {
        return new Request(
                RpcMethod.builder(ServiceName.of("demo.Users"), "any()").build(),
                arguments,
                Metadata.of("tenant", "acme"),
                Deadline.after(Duration.ofSeconds(3), 0, "test"),
                new Cancellation(),
                "");
    }

    private static long hash(String path, @Nullable Object... arguments) {
        return RequestKey.argument(path).hash(request(arguments));
    }

    @Test
    void takesAnArgument() {
        assertThat(hash("0", "a", "b")).isEqualTo(Hashing.key("a"));
        assertThat(hash("1", "a", "b")).isEqualTo(Hashing.key("b"));
        assertThat(hash("2", "a", "b")).isEqualTo(RequestKey.NONE);
        assertThat(hash("0", (Object) null)).isEqualTo(RequestKey.NONE);
    }

    @Test
    void takesAPropertyOfAnArgument() {
        User user = new User(42, "Ada");
        assertThat(hash("0.userId", user)).isEqualTo(Hashing.key(42));
        assertThat(hash("0.name", user)).isEqualTo(Hashing.key("Ada"));
        assertThat(hash("0.name", new User(42, null))).isEqualTo(RequestKey.NONE);
        assertThat(hash("0.customer.userId", new Order(user, TimeUnit.DAYS))).isEqualTo(Hashing.key(42));
        assertThat(hash("0.unit", new Order(user, TimeUnit.DAYS))).isEqualTo(Hashing.key("DAYS"));
        assertThat(hash("0.userId", Map.of("userId", 42))).isEqualTo(Hashing.key(42));
        assertThat(hash("0.customer.name", Map.of("customer", user))).isEqualTo(Hashing.key("Ada"));
    }

    @Test
    void takesGettersAndFieldsOfParentsToo() {
        assertThat(hash("0.userId", new Derived())).isEqualTo(Hashing.key(77));
        assertThat(hash("0.paid", new Derived())).isEqualTo(Hashing.key((Object) true));
        assertThat(hash("0.field", new Derived())).isEqualTo(Hashing.key(3));
    }

    @Test
    void whatCannotBeReadIsNoKey() {
        assertThat(hash("0.nothing", new Derived())).isEqualTo(RequestKey.NONE);
        assertThat(hash("0.failing", new Derived())).isEqualTo(RequestKey.NONE);
        assertThat(hash("0.value", "a String of the JDK")).isEqualTo(RequestKey.NONE);
        assertThat(hash("0.a.b", Map.of())).isEqualTo(RequestKey.NONE);
    }

    @Test
    void takesALabel() {
        assertThat(RequestKey.label("tenant").hash(request())).isEqualTo(Hashing.key("acme"));
        assertThat(RequestKey.parse("@tenant").hash(request())).isEqualTo(Hashing.key("acme"));
        assertThat(RequestKey.parse("@other").hash(request())).isEqualTo(RequestKey.NONE);
        assertThat(RequestKey.parse("0").hash(request(5))).isEqualTo(Hashing.key(5));
    }

    @Test
    void equalKeysHashAlikeInEveryProcess() {
        assertThat(Hashing.key((Object) 5)).isEqualTo(Hashing.key((Object) 5L)).isEqualTo(Hashing.key(5));
        assertThat(Hashing.key("user-1")).isEqualTo(Hashing.key((long) "user-1".hashCode()));
        assertThat(Hashing.key(new UUID(1, 2))).isEqualTo(Hashing.key(new UUID(1, 2)));
        assertThat(Hashing.key("")).isNotEqualTo(RequestKey.NONE);
        Set<Long> hashes = new HashSet<>();
        for (long key = -5_000; key < 5_000; key++) {
            hashes.add(Hashing.key(key));
        }
        assertThat(hashes).hasSize(10_000).doesNotContain(RequestKey.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "userId", "-1", "0.", "0..a", ".a", "99999999999"})
    void refusesWhatIsNoPath(String path) {
        assertThatThrownBy(() -> RequestKey.argument(path))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("the key '" + path + "' is no path");
    }
}
