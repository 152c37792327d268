package io.bowline.benchmark.runner;

import java.io.IOException;

/** What is made of {@code results.json}, beside it. */
final class Reports {
    private Reports() {}

    static void write(ResultsFile file) throws IOException {
        file.read();
    }
}
