package io.bowline.rpc.registry.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.discovery.RegistryUri;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleFormat;
import io.bowline.rpc.route.RuleSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a real server, whose node somebody else writes. */
@Timeout(120)
class ZookeeperRuleSourceTest {
    private static final String PATH = "/test/bowline/rules";

    @RegisterExtension
    static final TestZookeeper server = new TestZookeeper();

    private final List<RuleSet> told = new CopyOnWriteArrayList<>();
    private ZooKeeper operator;
    private ZookeeperRuleSource source;

    @BeforeEach
    void connect() throws Exception {
        operator = server.client();
        source = ZookeeperRuleSource.connect(ZookeeperOptions.of(RegistryUri.parse(server.uri())), new NamesOnly());
        source.watch(told::add);
    }

    @AfterEach
    void close() throws Exception {
        source.close();
        remove();
        operator.close();
    }

    /**
     * An operator's client, too, may lose its connection, to a server that is stopped or on a machine that is busy, and even
     * its session: then it takes another client.
     */
    private void insist(Callable<Boolean> work) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(KeeperException.class)
                .until(() -> {
                    try {
                        return work.call();
                    } catch (KeeperException.SessionExpiredException expired) {
                        operator.close();
                        operator = server.client();
                        return false;
                    }
                });
    }

    private void write(String names) {
        insist(() -> tryToWrite(names));
    }

    private boolean tryToWrite(String names) throws Exception {
        byte[] value = names.getBytes(StandardCharsets.UTF_8);
        for (String path : List.of("/test", "/test/bowline", PATH)) {
            try {
                operator.create(path, value, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            } catch (KeeperException.NodeExistsException there) {
                operator.setData(path, value, -1);
            }
        }
        return true;
    }

    private void remove() {
        insist(() -> {
            try {
                operator.delete(PATH, -1);
            } catch (KeeperException.NoNodeException gone) {
                return true;
            }
            return true;
        });
    }

    private void awaitRules(String... names) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(told)
                        .last()
                        .extracting(set -> set.rules().stream().map(Rule::name).toList())
                        .isEqualTo(List.of(names)));
    }

    @Test
    void tellsWhatIsWrittenAndWrittenAgain() {
        write("first");
        awaitRules("first");
        write("first second");
        awaitRules("first", "second");
        write("third");
        awaitRules("third");
    }

    @Test
    void whatItSaidStandsWhileTheNodeIsGone() {
        write("first");
        awaitRules("first");
        remove();
        write("second");
        awaitRules("second");
        assertThat(told).hasSize(2);
    }

    @Test
    void comesBackWithAServerThatWasAway() throws Exception {
        write("first");
        awaitRules("first");
        server.stop();
        server.start();
        write("second");
        awaitRules("second");
    }

    @Test
    void aTextThatIsNoDocumentChangesNothing() {
        write("first");
        awaitRules("first");
        write("!");
        write("second");
        awaitRules("second");
        assertThat(told).hasSize(2);
    }

    /** A notation for this test: the names of rules, divided by blanks. */
    private static final class NamesOnly implements RuleFormat {
        @Override
        public String name() {
            return "names";
        }

        @Override
        public Object parse(String text) {
            if (text.equals("!")) {
                throw new IllegalArgumentException("'!' (expected: names)");
            }
            return Map.of(
                    "version",
                    "1",
                    "rules",
                    Stream.of(text.split(" "))
                            .map(name -> Map.of("name", name, "service", "*", "block", "x"))
                            .toList());
        }
    }
}
