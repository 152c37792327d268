package io.bowline.rpc.registry.nacos;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.registry.nacos.server.NacosServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one real Nacos server of this JVM's tests, with a password; and what an operator does in its console. */
final class TestServer {
    static final String USER = "nacos";
    static final String PASSWORD = "p&ss=wörd?";

    private static final HttpClient http = HttpClient.newHttpClient();

    private TestServer() {}

    /** Starts with its first use, ends with this JVM. */
    static NacosServer shared() {
        NacosServer server = Holder.SERVER;
        server.start();
        return server;
    }

    static String uri() {
        return "nacos://" + shared().address() + "?username=" + USER + "&password=" + encode(PASSWORD);
    }

    /** Changes fields of one instance in our group, as the console does. */
    static void edit(String service, String ip, int port, Map<String, String> changes) throws Exception {
        String fields = form(Map.of(
                "serviceName",
                service,
                "groupName",
                NacosOptions.GROUP,
                "ip",
                ip,
                "port",
                Integer.toString(port),
                "ephemeral",
                "true"));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://" + shared().address()
                                + "/nacos/v3/admin/ns/instance/partial?" + fields + "&" + form(changes)))
                        .header("accessToken", token())
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static String token() throws Exception {
        String body = http.send(
                        HttpRequest.newBuilder(URI.create("http://" + shared().address() + "/nacos/v3/auth/user/login"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        form(Map.of("username", USER, "password", PASSWORD))))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        String before = "\"accessToken\":\"";
        assertThat(body).contains(before);
        int from = body.indexOf(before) + before.length();
        return body.substring(from, body.indexOf('"', from));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static final class Holder {
        static final NacosServer SERVER = start();

        private static NacosServer start() {
            try {
                Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "nacos-");
                NacosServer server = NacosServer.startWithPassword(home, PASSWORD);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> endAndDelete(server, home)));
                return server;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** Its Raft logs alone take 600 MB. */
        private static void endAndDelete(NacosServer server, Path home) {
            server.close();
            try (Stream<Path> files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException | UncheckedIOException left) {
                // Below target: the next clean takes it.
            }
        }
    }
}
