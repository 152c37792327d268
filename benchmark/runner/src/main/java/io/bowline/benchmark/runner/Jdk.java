package io.bowline.benchmark.runner;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;

/** The JDK that runs this and every process it starts. */
record Jdk(int feature, String version, String vendor, String collectors) {
    static Jdk here() {
        return new Jdk(
                Runtime.version().feature(),
                System.getProperty("java.runtime.version"),
                System.getProperty("java.vendor"),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(", ")));
    }
}
