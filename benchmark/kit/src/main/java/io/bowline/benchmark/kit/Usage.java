package io.bowline.benchmark.kit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What a process has used since its start.
 *
 * @param cpuNanos CPU time of all its threads, in user and kernel mode
 * @param allocatedBytes bytes allocated by all its threads; before JDK 21, of those that are alive
 */
public record Usage(long cpuNanos, long allocatedBytes) {
    /** Of this process, now. */
    public static Usage now() {
        com.sun.management.OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return new Usage(system.getProcessCpuTime(), allocated());
    }

    private static long allocated() {
        try { // JDK 21 and newer
            return (Long) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME), "TotalThreadAllocatedBytes");
        } catch (JMException older) {
            com.sun.management.ThreadMXBean threads =
                    ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);
            return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                    .filter(bytes -> bytes > 0)
                    .sum();
        }
    }

    /** What was used between an earlier look and this one. */
    public Usage since(Usage earlier) {
        return new Usage(cpuNanos - earlier.cpuNanos, allocatedBytes - earlier.allocatedBytes);
    }

    String line() {
        return cpuNanos + " " + allocatedBytes;
    }

    static Usage parse(String line) {
        String[] parts = line.split(" ", -1);
        return new Usage(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    /** TCP segments that this machine has sent, with and without data, or -1 where the kernel does not tell. */
    static long segmentsSent() {
        try {
            List<String> tcp = Files.readAllLines(Path.of("/proc/net/snmp")).stream()
                    .filter(line -> line.startsWith("Tcp:"))
                    .toList();
            int column = List.of(tcp.get(0).split(" ", -1)).indexOf("OutSegs");
            return Long.parseLong(tcp.get(1).split(" ", -1)[column]);
        } catch (IOException | RuntimeException elsewhere) {
            return -1;
        }
    }
}
