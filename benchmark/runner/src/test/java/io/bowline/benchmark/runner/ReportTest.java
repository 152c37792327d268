package io.bowline.benchmark.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of results that were made up. */
class ReportTest {
    @Test
    void carriesWhatEveryFigureNeeds() throws Exception {
        assertThat(Report.of(Fixtures.recorded()))
                .contains("A processor, 2 cores, 8000 MB, Linux 6")
                .contains("17.0.15+6 (Somebody; G1 Young Generation, G1 Old Generation)")
                .contains("`-Xms512m -Xmx512m`")
                .contains("| payload | a User |")
                .contains("| commit | abc1234 |")
                .contains("3 turns of each peer, with fresh processes, in rotated order; 24 s of warm-up")
                .contains("| rmi | Rmi 1.2.3, made up | `-Dx=y` |");
    }

    @Test
    void givesMediansRangesAndRatios() throws Exception {
        assertThat(Report.of(Fixtures.recorded()))
                .contains("| bowline | 60.0 (58.8–61.2) |\n")
                .contains("| grpc | 12.0 (11.8–12.2) · **5.00 ×** |\n")
                .contains("| netty-bare | 100 (98.0–102) · **0.80 ×** |\n")
                .contains("| turbo | 64.0 (62.7–65.3) · **0.94 ×** |\n")
                .contains("| turbo | 64.0 (62.7–65.3) · **1.25 ×** |\n");
    }

    @Test
    void judgesTheTargets() throws Exception {
        assertThat(Report.of(Fixtures.recorded()))
                .contains("| getUser, 32 threads, bowline | ≥ 4 × grpc | 5.00 | met |\n")
                .contains("| getUser, 32 threads, bowline | ≥ 1 × turbo | 0.938 | **missed** |\n")
                .contains("| getUser, 32 threads, bowline | ≥ 2.5 × dubbo | – | not measured |\n")
                .contains("| bytes of a request on the wire beyond its argument, existUser | ≤ 16 B | 15.0 | met |\n");
    }

    @Test
    void tellsWhatWasNoisyAndWhatFailed() throws Exception {
        assertThat(Report.of(Fixtures.recorded()))
                .contains("| grpc | 2.0 % (0.1 %) | 25.0 % (0.1 %) noisy, then 2.0 % (0.1 %) | 2.0 % (0.1 %) |\n")
                .contains("- turbo, round 1, sync-32/getUser/latency: the client ended with status 1\n");
    }

    @Test
    void everyRowHasTheColumnsOfItsTable() throws Exception {
        String previous = "";
        for (String line : Report.of(Fixtures.recorded()).lines().toList()) {
            if (line.startsWith("|") && previous.startsWith("|")) {
                assertThat(line.chars().filter(sign -> sign == '|').count())
                        .as(line)
                        .isEqualTo(previous.chars().filter(sign -> sign == '|').count());
            }
            previous = line;
        }
    }

    @Test
    void isWrittenOfARunThatHasHardlyBegun() {
        Results begun = Fixtures.results(5, true, List.of("bowline", "grpc"));
        assertThat(Report.of(begun)).contains("| grpc | – |");
        assertThat(Chart.of(begun, Load.SYNC_32)).contains("</svg>");
    }

    @Test
    void drawsABarForEachPeerThatHasTheFigure() throws Exception {
        Results results = Fixtures.recorded();
        String chart = Chart.of(results, Load.SYNC_32);
        parse(chart);
        assertThat(chart.split("<rect ", -1)).hasSize(1 + results.peers().size() + 1); // turbo twice
        assertThat(Chart.of(results, Load.ASYNC)).doesNotContain(">rmi<");
    }

    @Test
    void drawsWhatNeedsEscaping() throws Exception {
        Results results = Fixtures.results(1, true, List.of("bowline", "a<b&c"), Fixtures.round(1, "a<b&c", 0, 5));
        String chart = Chart.of(results, Load.SYNC_32);
        parse(chart);
        assertThat(chart).contains(">a&lt;b&amp;c<");
    }

    @Test
    void resultsAreReadAsTheyWereWritten(@TempDir Path folder) throws Exception {
        Results results = Fixtures.recorded();
        ResultsFile file = new ResultsFile(folder.resolve("new"));
        file.write(results);
        assertThat(file.read()).isEqualTo(results);
    }

    private static void parse(String xml) throws Exception {
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
