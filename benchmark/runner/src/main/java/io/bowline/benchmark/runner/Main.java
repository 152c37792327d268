package io.bowline.benchmark.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What {@code benchmark/run} calls, with its words; {@code -Dbenchmark.home} is the folder of that script. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        List<String> words = Arrays.asList(args);
        Path home = Path.of(System.getProperty("benchmark.home", "benchmark"));
        try {
            System.exit(obey(words, home) ? 0 : 1);
        } catch (IllegalArgumentException unclear) {
            System.err.println(unclear.getMessage() + "\n\n" + Options.USAGE);
            System.exit(2);
        } catch (Gone gone) {
            System.err.println(gone.reason());
            System.exit(1);
        }
    }

    private static boolean obey(List<String> words, Path home) throws IOException, Gone, InterruptedException {
        String first = words.isEmpty() ? "" : words.get(0);
        switch (first) {
            case "report" -> {
                if (words.size() != 2) {
                    throw new IllegalArgumentException("report needs a folder");
                }
                Reports.write(new ResultsFile(Path.of(words.get(1))));
                return true;
            }
            case "smoke" -> {
                return Smoke.run(home, Options.parse(words.subList(1, words.size())));
            }
            case "help", "--help", "-h" -> {
                System.out.println(Options.USAGE);
                return true;
            }
            default -> {
                return Benchmark.run(home, Options.parse(words));
            }
        }
    }
}
