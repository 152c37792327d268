package io.bowline.examples.quickstart;

import java.io.IOException;
import java.time.Duration;

/** The order of events. Ends with 0 if no call failed, and both providers answered before and after. */
public final class Quickstart {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Quickstart() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int exitCode;
        try (Child zookeeper = Child.start("zookeeper", ZooKeeperServer.class)) {
            String server = zookeeper.await("listens on (.*)", PATIENCE).group(1);
            exitCode = play("zookeeper://" + server + "/quickstart");
        } catch (IllegalStateException surprise) {
            exitCode = surprised(surprise);
        }
        System.exit(exitCode);
    }

    /** Plays with the registry of this URI, which is up; returns the exit code. */
    public static int play(String uri) throws IOException, InterruptedException {
        try {
            Result result = playOut(uri);
            Child.say("quickstart", result.summary);
            return result.exitCode;
        } catch (IllegalStateException surprise) {
            return surprised(surprise);
        }
    }

    private static int surprised(IllegalStateException surprise) {
        Child.say("quickstart", "not as expected: " + surprise.getMessage());
        return 1;
    }

    private static Result playOut(String uri) throws IOException, InterruptedException {
        try (Child one = provider("provider-1", uri);
                Child two = provider("provider-2", uri)) {
            one.await("ready", PATIENCE);
            two.await("ready", PATIENCE);
            try (Child consumer = Child.start("consumer", Consumer.class, uri)) {
                consumer.await("says provider-1", PATIENCE);
                consumer.await("says provider-2", PATIENCE);
                seeCalls(consumer, 20);

                two.askToStop();
                two.await("has left", PATIENCE);
                seeCalls(consumer, 20);

                return comesBack(consumer, uri);
            }
        }
    }

    private record Result(String summary, int exitCode) {}

    private static Result comesBack(Child consumer, String uri) throws IOException, InterruptedException {
        try (Child two = provider("provider-2", uri)) {
            two.await("ready", PATIENCE);
            consumer.await("says provider-2", PATIENCE);
            seeCalls(consumer, 20);
            int exitCode = consumer.finish(PATIENCE);
            return new Result(consumer.await("^calls .*", PATIENCE).group(), exitCode);
        }
    }

    private static Child provider(String name, String uri) throws IOException {
        return Child.start(name, Provider.class, name, uri);
    }

    private static void seeCalls(Child consumer, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            consumer.await("^call ", PATIENCE);
        }
    }
}
