package io.bowline.rpc.observe;

import io.bowline.rpc.Timer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link MemoryMeters} that show themselves by JMX, for JConsole and Zabbix: one bean a series, {@code
 * io.bowline.rpc:type=rpc.server.calls.started,rpc.service=…,rpc.method=…}, whose attributes are the values of a {@link
 * Reading}. Closing takes the beans away. Thread-safe.
 */
public final class JmxMeters implements Meters, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JmxMeters.class);
    private static final String DOMAIN = "io.bowline.rpc";
    private static final int MOST_BEANS = 10_000;

    private final MBeanServer beans;
    private final String domain;
    private final MemoryMeters meters;
    private final List<ObjectName> names = new CopyOnWriteArrayList<>();

    private JmxMeters(MBeanServer beans, String domain, int maxSeries, Timer timer) {
        this.beans = beans;
        this.domain = domain;
        meters = new MemoryMeters(maxSeries, timer, this::show);
    }

    /** In the platform's server, in the domain {@code io.bowline.rpc}: one a process. */
    public static JmxMeters create() {
        return create(ManagementFactory.getPlatformMBeanServer(), DOMAIN);
    }

    /** In this server and domain; two in one domain would get in each other's way. */
    public static JmxMeters create(MBeanServer beans, String domain) {
        return new JmxMeters(beans, domain, MOST_BEANS, Timer.system());
    }

    /** What the beans say, without JMX. */
    public MemoryMeters inMemory() {
        return meters;
    }

    @Override
    public Gauge gauge(Measure measure, Map<String, String> labels) {
        return meters.gauge(measure, labels);
    }

    @Override
    public Counter counter(Measure measure, Map<String, String> labels) {
        return meters.counter(measure, labels);
    }

    @Override
    public Rate rate(Measure measure, Map<String, String> labels) {
        return meters.rate(measure, labels);
    }

    @Override
    public Histogram histogram(Measure measure, Map<String, String> labels) {
        return meters.histogram(measure, labels);
    }

    @Override
    public Durations timer(Measure measure, Map<String, String> labels) {
        return meters.timer(measure, labels);
    }

    private void show(MemorySeries series) {
        try {
            ObjectName name = name(series);
            beans.registerMBean(new SeriesBean(series), name);
            names.add(name);
        } catch (JMException notShown) {
            log.warn("A series of {} is not shown by JMX", series.measure().name(), notShown);
        }
    }

    private ObjectName name(MemorySeries series) throws MalformedObjectNameException {
        List<String> keys = new ArrayList<>();
        keys.add("type=" + series.measure().name());
        series.labels().forEach((label, value) -> {
            if (!label.equals(CallNames.SYSTEM)) {
                keys.add(label + "=" + quoted(value));
            }
        });
        return new ObjectName(domain + ":" + String.join(",", keys));
    }

    /** As it is, where JMX allows that. */
    private static String quoted(String value) {
        return value.matches("[^,=:\"*?\\s]+") ? value : ObjectName.quote(value);
    }

    /** Takes the beans away. What counts goes on counting, unseen. */
    @Override
    public void close() {
        for (ObjectName name : names) {
            try {
                beans.unregisterMBean(name);
            } catch (JMException gone) {
                log.debug("{} was taken away by somebody else", name, gone);
            }
        }
        names.clear();
    }
}
