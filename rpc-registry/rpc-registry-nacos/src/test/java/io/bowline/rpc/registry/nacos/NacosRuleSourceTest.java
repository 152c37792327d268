package io.bowline.rpc.registry.nacos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.nacos.api.NacosFactory;
import com.alibaba.nacos.api.config.ConfigService;
import io.bowline.rpc.discovery.RegistryUri;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleFormat;
import io.bowline.rpc.route.RuleSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real server that asks for a password, and whose configuration somebody else writes. */
@Timeout(300)
class NacosRuleSourceTest {
    private static final String ID = NacosRuleSource.DATA_ID;

    private final List<RuleSet> told = new CopyOnWriteArrayList<>();
    private NacosOptions options;
    private ConfigService operator;

    @BeforeEach
    void connect() throws Exception {
        options = NacosOptions.of(RegistryUri.parse(TestServer.uri())).withGroup("rules-" + System.nanoTime());
        operator = NacosFactory.createConfigService(NacosClient.properties(options));
    }

    @AfterEach
    void close() throws Exception {
        operator.shutDown();
    }

    private void write(String names) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> operator.publishConfig(ID, options.group(), names));
    }

    private void awaitRules(String... names) {
        await().atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> assertThat(told)
                        .last()
                        .extracting(set -> set.rules().stream().map(Rule::name).toList())
                        .isEqualTo(List.of(names)));
    }

    @Test
    void tellsWhatIsThereAndWhatIsWrittenLater() {
        write("first");
        try (NacosRuleSource source = NacosRuleSource.connect(options, new NamesOnly())) {
            source.watch(told::add);
            awaitRules("first");
            write("first second");
            awaitRules("first", "second");
            write("!");
            write("third");
            awaitRules("third");
        }
    }

    @Test
    void tellsWhatAppearsLaterAndKeepsItWhileItIsDeleted() throws Exception {
        try (NacosRuleSource source = NacosRuleSource.connect(options, new NamesOnly())) {
            source.watch(told::add);
            write("first");
            awaitRules("first");
            operator.removeConfig(ID, options.group());
            write("second");
            awaitRules("second");
            assertThat(told).allSatisfy(set -> assertThat(set.rules()).isNotEmpty());
        }
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
