package io.bowline.examples.quickstart;

import io.bowline.examples.kit.Child;
import io.bowline.examples.kit.ZooKeeperServer;
import java.io.IOException;

/** The order of events. Ends with 0 if no call failed, and both providers answered before and after. */
public final class Quickstart {
    private Quickstart() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int exitCode;
        try (Child zookeeper = Child.start("zookeeper", ZooKeeperServer.class)) {
            String server = zookeeper.await("listens on (.*)").group(1);
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
            one.await("ready");
            two.await("ready");
            try (Child consumer = Child.start("consumer", Consumer.class, uri)) {
                consumer.await("says provider-1");
                consumer.await("says provider-2");
                seeCalls(consumer, 20);

                two.askToStop();
                two.await("has left");
                seeCalls(consumer, 20);

                return comesBack(consumer, uri);
            }
        }
    }

    private record Result(String summary, int exitCode) {}

    private static Result comesBack(Child consumer, String uri) throws IOException, InterruptedException {
        try (Child two = provider("provider-2", uri)) {
            two.await("ready");
            consumer.await("says provider-2");
            seeCalls(consumer, 20);
            int exitCode = consumer.finish();
            return new Result(consumer.await("^calls .*").group(), exitCode);
        }
    }

    private static Child provider(String name, String uri) throws IOException {
        return Child.start(name, Provider.class, name, uri);
    }

    private static void seeCalls(Child consumer, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            consumer.await("^call ");
        }
    }
}
