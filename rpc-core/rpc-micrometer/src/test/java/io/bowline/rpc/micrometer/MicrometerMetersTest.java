package io.bowline.rpc.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bowline.rpc.Cancellation.Registration;
import io.bowline.rpc.observe.Measure;
import io.bowline.rpc.observe.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MicrometerMetersTest {
    private static final Map<String, String> TEA = Map.of("what", "tea");
    private static final Measure STOCK = Measure.of("shop.stock", "{item}", "Items");
    private static final Measure WAIT = new Measure("shop.wait", "s", "Seconds", List.of(0.5, 1.0));
    private static final Measure SIZE = new Measure("shop.size", "By", "Bytes", List.of(10.0, 100.0));

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = MicrometerMeters.of(registry);

    @Test
    void aGaugeIsSharedByAllWhoAsk() {
        meters.gauge(STOCK, TEA).add(5);
        Meters.Gauge again = MicrometerMeters.of(registry).gauge(STOCK, TEA);
        again.add(-2);
        Registration source = again.follow(() -> 10);
        assertThat(registry.get("shop.stock").tag("what", "tea").gauge().value())
                .isEqualTo(13);
        source.close();
        assertThat(registry.get("shop.stock").gauge().value()).isEqualTo(3);
        assertThat(registry.getMeters()).hasSize(1);
    }

    @Test
    void twoRegistriesShareNothing() {
        MeterRegistry other = new SimpleMeterRegistry();
        meters.gauge(STOCK, TEA).add(5);
        MicrometerMeters.of(other).gauge(STOCK, TEA).add(1);
        assertThat(other.get("shop.stock").gauge().value()).isEqualTo(1);
    }

    @Test
    void aGaugeIsNoRate() {
        meters.gauge(STOCK, TEA);
        assertThatIllegalArgumentException().isThrownBy(() -> meters.rate(STOCK, TEA));
    }

    @Test
    void theOtherKindsAreMicrometersOwn() {
        meters.counter(STOCK, TEA).add(3);
        meters.timer(WAIT, TEA).record(Duration.ofMillis(1500).toNanos());
        meters.timer(WAIT, TEA).record(-5);
        meters.histogram(SIZE, TEA).record(50);
        meters.histogram(SIZE, TEA).record(-50);
        assertThat(registry.get("shop.stock").counter().count()).isEqualTo(3);
        assertThat(registry.get("shop.wait").timer().totalTime(java.util.concurrent.TimeUnit.MILLISECONDS))
                .isEqualTo(1500);
        assertThat(registry.get("shop.wait").timer().count()).isEqualTo(2);
        assertThat(registry.get("shop.size").summary().totalAmount()).isEqualTo(50);
        assertThat(registry.get("shop.size").summary().count()).isEqualTo(2);
    }

    @Test
    void aRateIsThreeGauges() {
        meters.rate(STOCK, TEA).mark(3);
        assertThat(registry.get("shop.stock").gauges())
                .extracting(gauge -> gauge.getId().getTag("window"))
                .containsExactlyInAnyOrder("1m", "5m", "15m");
    }

    @Test
    void prometheusGetsRangesAndItsOwnNames() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Meters scraped = MicrometerMeters.of(prometheus);
        scraped.timer(WAIT, TEA).record(Duration.ofMillis(700).toNanos());
        scraped.histogram(SIZE, TEA).record(50);
        scraped.counter(Measure.of("shop.sold", "{item}", "Items"), TEA).add(2);
        assertThat(prometheus.scrape())
                .contains("shop_wait_seconds_bucket{what=\"tea\",le=\"0.5\"} 0")
                .contains("shop_wait_seconds_bucket{what=\"tea\",le=\"1.0\"} 1")
                .contains("shop_size_bytes_bucket{what=\"tea\",le=\"100.0\"} 1")
                .contains("shop_sold_total{what=\"tea\"} 2.0");
    }
}
