package io.bowline.rpc.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.bowline.rpc.Cancellation;
import io.bowline.rpc.testkit.ManualTimer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class MemoryMetersTest {
    private static final Map<String, String> TEA = Map.of("what", "tea");

    private final ManualTimer timer = new ManualTimer();
    private final List<MemorySeries> added = new ArrayList<>();
    private final MemoryMeters meters = new MemoryMeters(100, timer, added::add);

    private double read(String measure, String value) {
        Reading reading = meters.reading(measure, TEA);
        assertThat(reading).isNotNull();
        return reading.value(value);
    }

    private static Measure measure(String name) {
        return Measure.of(name, "1", "What the test says");
    }

    @Test
    void aGaugeAddsUpWhatItIsGivenAndWhatItFollows() {
        Meters.Gauge gauge = meters.gauge(measure("stock"), TEA);
        gauge.add(5);
        meters.gauge(measure("stock"), TEA).add(-2);
        Cancellation.Registration ten = gauge.follow(() -> 10);
        Cancellation.Registration one = gauge.follow(() -> 1);
        assertThat(read("stock", "value")).isEqualTo(14);
        ten.close();
        assertThat(read("stock", "value")).isEqualTo(4);
        one.close();
        assertThat(read("stock", "value")).isEqualTo(3);
    }

    @Test
    void whoAsksAgainCountsIntoTheSameSeries() {
        meters.counter(measure("sold"), TEA).add(2);
        meters.counter(measure("sold"), Map.of("what", "tea")).add(3);
        meters.counter(measure("sold"), Map.of("what", "jam")).add(7);
        assertThat(read("sold", "count")).isEqualTo(5);
        assertThat(added).hasSize(2);
    }

    @Test
    void aSeriesIsOfOneKind() {
        meters.counter(measure("sold"), TEA);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> meters.gauge(measure("sold"), TEA))
                .withMessage("sold is a COUNTER (expected: asked for as such, not as a GAUGE)");
    }

    @Test
    void aRateFollowsWhatHappensOfLate() {
        Meters.Rate rate = meters.rate(measure("sales"), TEA);
        assertThat(read("sales", "m1")).isZero();
        for (int second = 0; second < 3_600; second++) {
            rate.mark(10);
            timer.advance(Duration.ofSeconds(1));
        }
        assertThat(read("sales", "count")).isEqualTo(36_000);
        assertThat(read("sales", "m1")).isCloseTo(10, within(0.1));
        assertThat(read("sales", "m15")).isCloseTo(10, within(0.1));
        timer.advance(Duration.ofMinutes(1));
        assertThat(read("sales", "m1")).isCloseTo(10 / Math.E, within(0.4));
        assertThat(read("sales", "m15")).isGreaterThan(9);
        timer.advance(Duration.ofHours(1));
        assertThat(read("sales", "m1")).isLessThan(0.001);
        assertThat(read("sales", "m15")).isBetween(0.05, 0.5);
    }

    @Test
    void aTimerTellsSeconds() {
        Meters.Durations durations = meters.timer(measure("wait"), TEA);
        durations.record(Duration.ofMillis(1500).toNanos());
        durations.record(Duration.ofMillis(500).toNanos());
        durations.record(-1);
        assertThat(read("wait", "count")).isEqualTo(3);
        assertThat(read("wait", "sum")).isEqualTo(2);
        assertThat(read("wait", "max")).isBetween(1.5, 1.5 * 1.125);
    }

    @Test
    void quantilesForgetAndCountsDoNot() {
        Meters.Histogram sizes = meters.histogram(measure("size"), TEA);
        sizes.record(1_000);
        timer.advance(Duration.ofSeconds(60));
        sizes.record(1);
        assertThat(read("size", "max")).isGreaterThanOrEqualTo(1_000);
        timer.advance(Duration.ofSeconds(60));
        assertThat(read("size", "max")).isBetween(1.0, 1.125);
        timer.advance(Duration.ofSeconds(600));
        assertThat(read("size", "max")).isZero();
        assertThat(read("size", "count")).isEqualTo(2);
        assertThat(read("size", "sum")).isEqualTo(1_001);
    }

    @Property(tries = 200)
    void aQuantileIsAtMostAnEighthTooHigh(
            @ForAll @Size(min = 1, max = 200) List<@LongRange(min = 10, max = 1_000_000_000_000_000_000L) Long> nanos) {
        List<Double> values = nanos.stream().map(one -> one / 1e9).toList();
        Distribution all = new Distribution(timer);
        values.forEach(all::record);
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        Map<String, Double> told = all.values();
        for (Map.Entry<String, Double> share :
                Map.of("p50", 0.5, "p90", 0.9, "p99", 0.99, "max", 1.0).entrySet()) {
            double exact = sorted[(int) Math.ceil(share.getValue() * sorted.length) - 1];
            assertThat(told.get(share.getKey())).isBetween(exact, exact * 1.125);
        }
        assertThat(told.get("sum")).isCloseTo(Arrays.stream(sorted).sum(), Assertions.withinPercentage(0.001));
    }

    @Test
    void noValueIsTooLargeOrTooSmall() {
        Distribution all = new Distribution(timer);
        for (double value : new double[] {0, -1, Double.NaN, Double.MIN_VALUE, Double.MAX_VALUE, 1e300}) {
            all.record(value);
        }
        assertThat(all.values().get("count")).isEqualTo(6);
    }

    @Test
    void seriesBeyondTheBoundAreOne() {
        for (int i = 0; i < 1_000; i++) {
            meters.counter(measure("sold"), Map.of("what", "tea " + i)).add(1);
        }
        Reading overflow = meters.reading("sold", Map.of("overflow", "true"));
        assertThat(overflow).isNotNull();
        assertThat(overflow.value("count")).isEqualTo(900);
        assertThat(meters.readings()).hasSize(101);
    }

    @Test
    void measuresAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> measure("Wrong Name"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Measure("right", "s", "", List.of(1.0, 1.0)))
                .withMessage("boundaries: [1.0, 1.0] (expected: ascending)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemoryMeters.create(0))
                .withMessage("maxSeries: 0 (expected: >= 1)");
    }

    @Test
    void eachSeriesIsABean() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        String domain = "io.bowline.rpc.test";
        try (JmxMeters jmx = JmxMeters.create(beans, domain)) {
            jmx.counter(measure("sold"), CallNames.labels("demo.Shop", "demo.Shop/buy"))
                    .add(3);
            jmx.gauge(measure("stock"), Map.of("what", "tea, \"green\"")).add(4);
            jmx.timer(measure("wait"), TEA).record(1);
            jmx.rate(measure("sales"), TEA).mark(1);
            jmx.histogram(measure("size"), TEA).record(1);
            ObjectName sold = new ObjectName(domain + ":type=sold,rpc.service=demo.Shop,rpc.method=demo.Shop/buy");
            assertThat(beans.getAttribute(sold, "count")).isEqualTo(3.0);
            assertThat(beans.getAttributes(sold, new String[] {"count", "none"}))
                    .containsExactly(new Attribute("count", 3.0));
            Assertions.assertThatThrownBy(() -> beans.getAttribute(sold, "none"))
                    .isInstanceOf(AttributeNotFoundException.class);
            assertThat(beans.getMBeanInfo(sold).getAttributes()).hasSize(1);
            Set<ObjectName> all = beans.queryNames(new ObjectName(domain + ":*"), null);
            assertThat(all).hasSize(5);
            assertThat(jmx.inMemory().readings()).hasSize(5);
        }
        assertThat(beans.queryNames(new ObjectName(domain + ":*"), null)).isEmpty();
    }
}
