package io.bowline.benchmark.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where a run was made. */
record Machine(String cpu, int cores, long memoryMegabytes, String system) {
    static Machine here() {
        long kilobytes = Long.parseLong(field("/proc/meminfo", "MemTotal", "0").replaceAll("\\D", ""));
        return new Machine(
                field("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                kilobytes / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    private static String field(String file, String name, String otherwise) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException elsewhere) {
            return otherwise;
        }
    }
}
