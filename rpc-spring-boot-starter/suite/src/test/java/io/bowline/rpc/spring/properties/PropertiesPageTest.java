package io.bowline.rpc.spring.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.jayway.jsonpath.JsonPath;
import io.bowline.rpc.balance.LoadBalancer;
import io.bowline.rpc.filter.CallStrategy;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every property is described, and the page of properties says what ships. */
class PropertiesPageTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "properties.md");
    private static final String BEGIN = "<!-- properties -->\n";
    private static final String END = "<!-- /properties -->\n";

    @Test
    void everyPropertyIsDescribed() throws Exception {
        var described = PropertiesPage.read().entries();
        assertThat(described).allSatisfy((name, entry) -> {
            assertThat(entry.description()).as(name).hasSizeGreaterThan(10);
            assertThat(entry.type()).as(name).isNotEmpty();
        });
        List<String> described1 = described.keySet().stream()
                .map(name -> name.endsWith("labels") ? name + ".*" : name)
                .toList();
        assertThat(KnownProperties.names())
                .filteredOn(name -> !name.startsWith("rpc.client.*") || !asInDefaults(name))
                .allSatisfy(name -> assertThat(name.endsWith(".labels") ? name + ".*" : name)
                        .isIn(described1));
    }

    /** What stands under a name as under the defaults is described there. */
    private static boolean asInDefaults(String name) {
        String last = name.replace("rpc.client.*.methods.*.", "").replace("rpc.client.*.", "");
        return KnownProperties.names().contains("rpc.client.defaults." + last);
    }

    /** With {@code -Dbowline.docs.write=true} it is written instead. */
    @Test
    void thePageSaysWhatShips() throws Exception {
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String table = PropertiesPage.read().table();
        if (Boolean.getBoolean("bowline.docs.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end), StandardCharsets.UTF_8);
            return;
        }
        assertThat(page.substring(begin, end)).isEqualTo(table);
    }

    @Test
    void whatIsHintedAtIsThere() throws Exception {
        try (InputStream json = KnownProperties.class
                .getClassLoader()
                .getResourceAsStream("META-INF/additional-spring-configuration-metadata.json")) {
            var hints = JsonPath.parse(json);
            List<String> balancers = hints.read("$.hints[?(@.name=='rpc.client.defaults.load-balance')].values[*].value");
            List<String> strategies = hints.read("$.hints[?(@.name=='rpc.client.defaults.strategy')].values[*].value");
            List<String> names = hints.read("$.hints[*].name");
            assertThat(balancers).hasSize(9).allSatisfy(name -> assertThatCode(() -> LoadBalancer.named(name))
                    .doesNotThrowAnyException());
            assertThat(strategies).hasSize(8).allSatisfy(name -> assertThatCode(() -> CallStrategy.named(name))
                    .doesNotThrowAnyException());
            assertThat(KnownProperties.names()).containsAll(names);
        }
    }
}
