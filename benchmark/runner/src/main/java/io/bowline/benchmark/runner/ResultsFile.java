package io.bowline.benchmark.runner;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where results are kept. A write replaces the whole file at once, so an interrupted run leaves the last whole one. */
record ResultsFile(Path folder) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    Path path() {
        return folder.resolve("results.json");
    }

    Results read() throws IOException {
        if (!Files.exists(path())) {
            throw new IllegalArgumentException("no results in " + folder);
        }
        return JSON.readValue(path().toFile(), Results.class);
    }

    void write(Results results) throws IOException {
        Files.createDirectories(folder);
        Path next = folder.resolve("results.json.next");
        Files.writeString(next, JSON.writeValueAsString(results) + "\n");
        Files.move(next, path(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
