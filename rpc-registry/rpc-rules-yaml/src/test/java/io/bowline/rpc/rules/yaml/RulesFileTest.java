package io.bowline.rpc.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bowline.rpc.route.FileRuleSource;
import io.bowline.rpc.route.Rule;
import io.bowline.rpc.route.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RulesFileTest {
    @TempDir
    private Path folder;

    private final List<RuleSet> told = new CopyOnWriteArrayList<>();

    private Path file() {
        return folder.resolve("rules.yaml");
    }

    private void write(String text) throws IOException {
        Path fresh = Files.writeString(folder.resolve("fresh"), text);
        Files.move(fresh, file(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String rule(String name) {
        return "version: 1\nrules:\n- { name: " + name + ", service: '*', block: x }\n";
    }

    private List<String> names() {
        return told.isEmpty()
                ? List.of()
                : told.get(told.size() - 1).rules().stream().map(Rule::name).toList();
    }

    @Test
    void isKnownAtOnceAndFollowed() throws IOException {
        write(rule("first"));
        try (FileRuleSource source = FileRuleSource.watching(file())) {
            source.watch(told::add);
            assertThat(names()).containsExactly("first");
            write(rule("second"));
            await().until(() -> names().equals(List.of("second")));
            write("version: 1\nrules: []\n");
            await().until(() -> names().isEmpty());
        }
    }

    @Test
    void mayAppearLaterAndStandsWhileItCannotBeReadOrIsNoDocument() throws IOException {
        try (FileRuleSource source = FileRuleSource.watching(file())) {
            source.watch(told::add);
            assertThat(told).isEmpty();
            write(rule("first"));
            await().until(() -> names().equals(List.of("first")));
            Files.delete(file());
            write("version: 1\nrules: [");
            write(rule("last"));
            await().until(() -> names().equals(List.of("last")));
            assertThat(told).hasSize(2);
        }
    }

    @Test
    void tellsNobodyOnceAWatchIsClosed() throws IOException {
        write(rule("first"));
        List<RuleSet> other = new CopyOnWriteArrayList<>();
        try (FileRuleSource source = FileRuleSource.watching(file())) {
            source.watch(told::add).close();
            source.watch(other::add);
            write(rule("second"));
            await().until(() -> other.size() == 2);
            assertThat(told).hasSize(1);
        }
    }
}
