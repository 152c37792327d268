package io.bowline.rpc.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files that users are given, at a Prometheus that is real and scrapes calls that are real. */
@Timeout(240)
class PrometheusTest {
    private static final String NEEDED = "BOWLINE_NEEDS_PROMETHEUS";

    @TempDir
    private Path folder;

    private Path program;

    @BeforeEach
    void isInstalled() {
        program = PrometheusProcess.program().orElse(null);
        if (program == null) {
            String why =
                    "NOT PROVEN: the scrape configuration, the alerts and the dashboard, for there is no prometheus on"
                            + " the path; on Debian: apt-get install prometheus";
            System.err.println(why);
            if (System.getenv(NEEDED) != null) {
                fail(why);
            }
            abort(why);
        }
    }

    /** Our own, with the address of this test and without its patience. */
    private Path configuration(String target) throws Exception {
        String configuration = Observability.text("prometheus.yml");
        assertThat(configuration).contains("localhost:8080").contains("scrape_interval: 15s");
        Files.writeString(folder.resolve("prometheus-rules.yml"), Observability.text("prometheus-rules.yml"));
        return Files.writeString(
                folder.resolve("prometheus.yml"),
                configuration.replace("localhost:8080", target).replace("scrape_interval: 15s", "scrape_interval: 3s"));
    }

    /** Every expression of the dashboard, as Grafana would send it, by the title of its panel. */
    private static Map<String, String> dashboard() {
        Map<String, String> expressions = new LinkedHashMap<>();
        for (JsonNode panel :
                Observability.json(Observability.text("grafana-dashboard.json")).path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                String name =
                        panel.path("id").asText() + " " + panel.path("title").asText() + " "
                                + target.path("refId").asText();
                expressions.put(name, asGrafanaSays(target.path("expr").asText()));
            }
        }
        return expressions;
    }

    private static String asGrafanaSays(String expression) {
        String said = expression
                .replace("$__rate_interval", "30s")
                .replace("$service", ".*")
                .replace("$instance", ".*");
        assertThat(said).doesNotContain("$");
        return said;
    }

    private static List<String> alerts() {
        Matcher expression =
                Pattern.compile("expr: \\|\\n((?: {10,}.*\\n)+)").matcher(Observability.text("prometheus-rules.yml"));
        List<String> found = new ArrayList<>();
        while (expression.find()) {
            found.add(expression.group(1));
        }
        return found;
    }

    private static boolean tellsNumbers(JsonNode series) {
        for (JsonNode one : series) {
            if (!Double.isNaN(one.path("value").path(1).asDouble(Double.NaN))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void everyPanelOfTheDashboardShowsData() throws Exception {
        MeasuredShop shop = new MeasuredShop();
        PrometheusProcess prometheus = new PrometheusProcess(program, folder, configuration(shop.target()));
        try {
            await().atMost(Duration.ofSeconds(60)).until(prometheus::isReady);
            Map<String, String> expressions = dashboard();
            assertThat(expressions).hasSizeGreaterThan(20);
            Map<String, String> silent = new LinkedHashMap<>(expressions);
            await().atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> {
                        shop.trade();
                        for (Map.Entry<String, String> panel : expressions.entrySet()) {
                            if (silent.containsKey(panel.getKey())
                                    && tellsNumbers(prometheus.query(panel.getValue()))) {
                                silent.remove(panel.getKey());
                            }
                        }
                        assertThat(silent).as(prometheus.targets()).isEmpty();
                    });
            tellsWhatHappened(prometheus);
            for (String alert : alerts()) {
                prometheus.query(alert); // fails for what is no expression
            }
            assertThat(alerts()).hasSize(3);
        } finally {
            prometheus.close();
            shop.close();
        }
    }

    private static void tellsWhatHappened(PrometheusProcess prometheus) throws Exception {
        JsonNode failures = prometheus.query("rpc_server_calls_failed_total");
        assertThat(failures)
                .extracting(series ->
                        series.path("metric").path("rpc_response_status_code").asText())
                .contains("APPLICATION", "OVERLOADED");
        assertThat(failures)
                .extracting(series -> series.path("metric").path("rpc_method").asText())
                .containsOnly(MeasuredShop.Shop.class.getName() + "/buy");
        JsonNode attempts = prometheus.query("sum(rpc_client_attempts_total) / sum(rpc_client_calls_started_total)");
        assertThat(attempts.path(0).path("value").path(1).asDouble()).isBetween(1.1, 1.5);
    }
}
