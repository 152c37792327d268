package io.bowline.benchmark.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The machine's CPU time since its start and that of some processes, in the kernel's ticks.
 *
 * @param working in user and kernel mode; without interrupts, which some kernels add to the process they meet and
 *     some do not: here they are mostly the loopback's, and ours
 * @param stolen given to other machines
 * @param total of all cores, idle time included
 * @param ours of our processes
 */
record CpuTimes(long working, long stolen, long total, long ours) {
    private static final Path STAT = Path.of("/proc/stat");
    private static final int TICKS_PER_SECOND = 100; // what user space is shown, whatever the kernel's own rate

    /** Now, or null where the system does not tell. */
    static @Nullable CpuTimes now(Collection<ProcessHandle> ours) {
        try {
            String first = Files.readAllLines(STAT).get(0);
            return parse(first, ours.stream().mapToLong(CpuTimes::ticks).sum());
        } catch (IOException | RuntimeException elsewhere) {
            return null;
        }
    }

    /** {@code cpu user nice system idle iowait irq softirq steal guest guest_nice}; guests' time is in user's. */
    static CpuTimes parse(String line, long ours) {
        long[] ticks = Arrays.stream(line.strip().split(" +", -1))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
        long working = ticks[0] + ticks[1] + ticks[2];
        long resting = ticks[3] + ticks[4];
        long interrupts = ticks[5] + ticks[6];
        long stolen = ticks[7];
        return new CpuTimes(working, stolen, working + resting + interrupts + stolen, ours);
    }

    /** Between an earlier look and a later one. */
    static Shares shares(@Nullable CpuTimes earlier, @Nullable CpuTimes later) {
        if (earlier == null || later == null || later.total <= earlier.total) {
            return Shares.UNKNOWN;
        }
        double total = later.total - earlier.total;
        long stolen = later.stolen - earlier.stolen;
        long others = later.working - earlier.working + stolen - (later.ours - earlier.ours);
        return new Shares(rounded(Math.max(0, others) / total), rounded(stolen / total));
    }

    private static double rounded(double share) {
        return Math.round(share * 1e4) / 1e4;
    }

    private static long ticks(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() * TICKS_PER_SECOND / 1_000;
    }
}
