package io.bowline.examples.grey;

import io.bowline.examples.kit.Child;
import io.bowline.examples.kit.TemporaryFolder;
import io.bowline.examples.kit.ZooKeeperServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;

/** The order of events. Ends with 0 if each step of the release gave the grey build its share, and no call failed. */
public final class GreyRelease {
    private static final Path STEPS = Path.of("rules");

    private final Child consumer;
    private final Path rules;

    private GreyRelease(Child consumer, Path rules) {
        this.consumer = consumer;
        this.rules = rules;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int exitCode;
        try (TemporaryFolder folder = TemporaryFolder.create();
                Child zookeeper = Child.start("zookeeper", ZooKeeperServer.class)) {
            String uri = "zookeeper://" + zookeeper.await("listens on (.*)").group(1) + "/grey";
            exitCode = release(uri, folder.path().resolve("rules.yaml"));
        }
        System.exit(exitCode);
    }

    private static int release(String uri, Path rules) throws IOException, InterruptedException {
        put("1-testers.yaml", rules); // Before the grey build is there: it takes no call that nobody meant for it.
        try (Child stable = Child.start("stable", Provider.class, "stable", uri)) {
            stable.await("ready");
            try (Child consumer = Child.start("consumer", Consumer.class, uri, rules.toString())) {
                consumer.await("grey for 0 users .*, 0 testers");
                try (Child grey = Child.start("grey", Provider.class, "grey", uri)) {
                    grey.await("ready");
                    new GreyRelease(consumer, rules).play(stable);
                    int exitCode = consumer.finish();
                    consumer.await("^calls .*");
                    return exitCode;
                }
            }
        }
    }

    private void play(Child stable) throws IOException, InterruptedException {
        consumer.await("grey for 0 users .*, " + Consumer.TESTERS + " testers");
        step("2-tenth.yaml", 5, 15);
        step("3-half.yaml", 40, 60);
        step("1-testers.yaml", 0, 0); // Something is wrong: take it back.
        step("4-all.yaml", 100, 100);
        stable.askToStop();
        stable.await("has left");
        see(100, 100);
    }

    /** Puts rules in force, and sees that from then on the grey build answers this share of the users, in per cent. */
    private void step(String file, int least, int most) throws IOException, InterruptedException {
        put(file, rules);
        consumer.await("are obeyed: 2 rules");
        Round halfway = nextRound(); // It had begun before.
        expect(halfway.came == 0 || halfway.went == 0, "all who change sides go the same way");
        see(least, most);
    }

    private void see(int least, int most) throws InterruptedException {
        Round first = nextRound();
        Round second = nextRound();
        int share = 100 * first.users / Consumer.USERS;
        Child.say("release", "the grey build has " + share + " % of the users");
        expect(share >= least && share <= most, "grey for " + least + " to " + most + " %");
        expect(first.came == 0 || first.went == 0, "all who change sides go the same way");
        expect(second.came == 0 && second.went == 0, "nobody changes sides within a step");
        expect(first.testers == Consumer.TESTERS, "all testers see the grey build");
    }

    private record Round(int users, int came, int went, int testers) {}

    private Round nextRound() throws InterruptedException {
        Matcher seen = consumer.await("grey for (\\d+) users \\((\\d+) came, (\\d+) went\\), (\\d+) testers");
        return new Round(number(seen, 1), number(seen, 2), number(seen, 3), number(seen, 4));
    }

    private static int number(Matcher seen, int group) {
        return Integer.parseInt(seen.group(group));
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("expected: " + what);
        }
    }

    /** Replaces the rules as an operator should: by a move, so that nobody reads half a file. */
    private static void put(String file, Path rules) throws IOException {
        Child.say("operator", "puts " + file + " in force");
        Path draft = rules.resolveSibling("draft.yaml");
        Files.copy(STEPS.resolve(file), draft, StandardCopyOption.REPLACE_EXISTING);
        Files.move(draft, rules, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
