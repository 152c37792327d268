package io.bowline.benchmark.runner;

import java.io.IOException;
import java.nio.file.Files;

/** What is made of {@code results.json}, beside it. */
final class Reports {
    private Reports() {}

    static void write(ResultsFile file) throws IOException {
        Results results = file.read();
        Files.writeString(file.folder().resolve("report.md"), Report.of(results));
        Files.writeString(file.folder().resolve("chart.svg"), Chart.of(results, Load.SYNC_32));
        Files.writeString(file.folder().resolve("chart-async.svg"), Chart.of(results, Load.ASYNC));
    }
}
