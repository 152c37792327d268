package io.bowline.examples.spring;

import io.bowline.examples.kit.Child;
import io.bowline.examples.spring.consumer.ConsumerApplication;
import io.bowline.examples.spring.provider.ProviderApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/** The order of events: every page comes, and both providers write some, while one of them is stopped. */
public final class SpringExample {
    private static final int PAGES = 20;

    private final HttpClient browser = HttpClient.newHttpClient();
    private final URI page;

    private SpringExample(String port) {
        page = URI.create("http://127.0.0.1:" + port + "/hello?name=World");
    }

    /** Plays with the registry of this URI, which is up; throws if something is not as expected. */
    public static void play(String uri) throws IOException, InterruptedException {
        try (Child one = provider("provider-1", uri);
                Child two = provider("provider-2", uri);
                Child consumer = Child.start("consumer", ConsumerApplication.class, Map.of("RPC_REGISTRY", uri))) {
            one.await("Started ProviderApplication");
            two.await("Started ProviderApplication");
            new SpringExample(consumer.await("Tomcat started on port (\\d+)").group(1)).read(two);
        }
    }

    private static Child provider(String name, String uri) throws IOException {
        return Child.start(name, ProviderApplication.class, Map.of("RPC_REGISTRY", uri, "GREETER_NAME", name));
    }

    private void read(Child two) throws IOException, InterruptedException {
        Map<String, Integer> writers = new TreeMap<>();
        for (int i = 0; i < PAGES || (writers.size() < 2 && i < 10 * PAGES); i++) {
            writers.merge(read(), 1, Integer::sum);
        }
        expect(2, writers.size());
        two.askToStop();
        for (int i = 0; i < PAGES; i++) {
            writers.merge(read(), 1, Integer::sum);
        }
        two.await("Closed ");
        for (int i = 0; i < PAGES; i++) {
            expect("provider-1", read());
        }
        Child.say("browser", "every page came; by " + writers);
    }

    /** Reads the page; returns who wrote it. */
    private String read() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
        Child.say("browser", answer.statusCode() + " " + answer.body());
        expect(200, answer.statusCode());
        return answer.body().replaceFirst(".*says ", "");
    }

    private static void expect(Object expected, Object seen) {
        if (!expected.equals(seen)) {
            throw new IllegalStateException(seen + " (expected: " + expected + ")");
        }
    }
}
