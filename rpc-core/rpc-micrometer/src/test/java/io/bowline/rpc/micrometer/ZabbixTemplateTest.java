package io.bowline.rpc.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.observe.MetricsFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The shape of the Zabbix template, and that what it looks for is on the page; Zabbix itself has read it by hand. */
class ZabbixTemplateTest {
    private final Map<?, ?> export = (Map<?, ?>) ((Map<?, ?>)
                    new Load(LoadSettings.builder().build()).loadFromString(Observability.text("zabbix-template.yaml")))
            .get("zabbix_export");

    private static List<Map<?, ?>> list(Map<?, ?> of, String key) {
        List<Map<?, ?>> all = new ArrayList<>();
        if (of.get(key) instanceof List<?> found) {
            found.forEach(one -> all.add((Map<?, ?>) one));
        }
        return all;
    }

    private Map<?, ?> template() {
        return list(export, "templates").get(0);
    }

    private List<Map<?, ?>> prototypes() {
        return list(template(), "discovery_rules").stream()
                .flatMap(rule -> list(rule, "item_prototypes").stream())
                .toList();
    }

    @Test
    void whateverHasAnIdentityHasOneOfItsOwn() {
        Matcher uuid = Pattern.compile("uuid: (\\S+)").matcher(Observability.text("zabbix-template.yaml"));
        Set<String> seen = new HashSet<>();
        while (uuid.find()) {
            assertThat(uuid.group(1)).matches("[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}");
            assertThat(seen.add(uuid.group(1))).isTrue();
        }
        assertThat(seen).hasSize(15);
    }

    @Test
    void allNumbersComeWithOneQuestion() {
        assertThat(export.get("version")).isEqualTo("6.0");
        assertThat(list(template(), "items"))
                .singleElement()
                .satisfies(item -> assertThat(item.get("type")).isEqualTo("HTTP_AGENT"));
        List<Map<?, ?>> dependent = new ArrayList<>(list(template(), "discovery_rules"));
        dependent.addAll(prototypes());
        assertThat(dependent).hasSize(10).allSatisfy(one -> {
            assertThat(one.get("type")).isEqualTo("DEPENDENT");
            assertThat(((Map<?, ?>) one.get("master_item")).get("key")).isEqualTo("bowline.numbers");
        });
    }

    @Test
    void whatItLooksForIsOnThePage() throws IOException {
        MeasuredShop shop = new MeasuredShop();
        try {
            shop.trade();
            Set<String> told = new HashSet<>();
            Matcher line = Pattern.compile("(?m)^([a-z_]+)\\{").matcher(shop.scrape());
            while (line.find()) {
                told.add(line.group(1));
            }
            for (Map<?, ?> prototype : prototypes()) {
                Map<?, ?> step = list(prototype, "preprocessing").get(0);
                assertThat(step.get("type")).isEqualTo("PROMETHEUS_PATTERN");
                String pattern = ((List<?>) step.get("parameters")).get(0).toString();
                assertThat(pattern).endsWith("{rpc_method=\"{#METHOD}\"}");
                assertThat(told).contains(pattern.substring(0, pattern.indexOf('{')));
            }
        } finally {
            shop.close();
        }
    }

    @Test
    void aServerThatServesNothingHasNothingToFind() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        MetricsFilter.server(MicrometerMeters.of(registry));
        assertThat(registry.scrape()).doesNotContain("rpc_server_calls_started_total");
    }
}
