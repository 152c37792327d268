package io.bowline.rpc.registry.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bowline.rpc.Address;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.discovery.RegistryUri;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.apache.zookeeper.common.PathUtils;
import org.junit.jupiter.api.Test;

class ZookeeperOptionsTest {
    @Test
    void readsAUri() {
        ZookeeperOptions options =
                options("zookeeper://me:p%40ss:word@zk1,zk2:2182/a/b?sessionTimeout=4s&connectTimeout=500ms");

        assertThat(options.servers()).containsExactly(new Address("zk1", 2181), new Address("zk2", 2182));
        assertThat(options.namespace()).isEqualTo("a/b");
        assertThat(options.sessionTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(options.connectTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(options.credentials()).isEqualTo("me:p@ss:word");
        assertThat(options).hasToString("zookeeper://zk1:2181,zk2:2182/a/b");
        assertThat(options("zookeeper://zk1").namespace()).isEqualTo("bowline");
    }

    @Test
    void refusesWhatItCannotUseAndNamesIt() {
        assertRefused(
                "zookeeper://zk1?sesionTimeout=4s", "unknown option 'sesionTimeout'", "Did you mean sessionTimeout?");
        assertRefused("zookeeper://zk1?sessionTimeout=4", "sessionTimeout: '4' (expected: a duration like");
        assertRefused("zookeeper://zk1?sessionTimeout=1ms", "sessionTimeout: 1 ms (expected: 500 ms to 1 h)");
        assertRefused("zookeeper:///bowline", "no host");
        assertRefused("zookeeper://zk1/zookeeper/x", "belongs to ZooKeeper");
        assertRefused("zookeeper://zk1/a//b", "namespace: 'a//b'");
        assertRefused("zookeeper://zk1/..", "namespace: '..'");
        assertRefused("zookeeper://:secret@zk1", "credentials");
        assertThatThrownBy(() -> ZookeeperRegistry.connect("nacos://h:1"))
                .hasMessageContaining("zookeeper://host:port");
    }

    private static void assertRefused(String uri, String... told) {
        assertThatThrownBy(() -> options(uri))
                .isInstanceOf(RpcException.class)
                .hasMessageContainingAll(told)
                .message()
                .doesNotContain("secret");
    }

    private static ZookeeperOptions options(String uri) {
        return ZookeeperOptions.of(RegistryUri.parse(uri));
    }

    @Property
    void everyNameStandsInAPathAndComesBack(@ForAll @StringLength(max = 80) String name) {
        String encoded = Layout.encode(name);

        PathUtils.validatePath("/" + encoded);
        assertThat(encoded).doesNotContain("/");
        assertThat(Layout.decode(encoded)).isEqualTo(new String(name.getBytes(UTF_8), UTF_8));
    }

    @Property
    void anySegmentCanBeDecoded(@ForAll @StringLength(max = 80) String segment) {
        assertThat(Layout.decode(segment)).isNotNull();
    }
}
