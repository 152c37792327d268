package io.bowline.rpc.registry.nacos.server;

import com.alibaba.nacos.NacosServerBasicApplication;
import com.alibaba.nacos.NacosServerWebApplication;
import com.alibaba.nacos.core.listener.startup.NacosStartUp;
import com.alibaba.nacos.core.listener.startup.NacosStartUpManager;
import com.alibaba.nacos.sys.env.DeploymentType;
import com.alibaba.nacos.sys.env.EnvUtil;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The server's process: the two halves of a Nacos server without a console, in the order Nacos' own start class uses.
 * Configured by system properties and by {@code conf/application.properties} in its home, both written by {@link
 * NacosServer}. Ends when its standard input does, so that no server outlives the process that started it.
 */
final class ServerMain {
    /** Printed alone on a line when the server takes requests. */
    static final String READY = "BOWLINE-NACOS-READY";

    /** The environment variable with the password of the user {@code nacos}; absent where the server asks for none. */
    static final String PASSWORD = "BOWLINE_NACOS_PASSWORD";

    private ServerMain() {}

    public static void main(String[] arguments) throws Exception {
        endWithStandardInput();
        EnvUtil.setDeploymentType(DeploymentType.SERVER);
        NacosStartUpManager.start(NacosStartUp.CORE_START_UP_PHASE);
        ConfigurableApplicationContext core = new SpringApplicationBuilder(NacosServerBasicApplication.class)
                .web(WebApplicationType.NONE)
                .run();
        NacosStartUpManager.start(NacosStartUp.WEB_START_UP_PHASE);
        new SpringApplicationBuilder(NacosServerWebApplication.class)
                .parent(core)
                .run();
        String password = System.getenv(PASSWORD);
        if (password != null) {
            createAdministrator(Integer.getInteger("nacos.server.main.port"), password);
        }
        System.out.println(READY);
    }

    private static void endWithStandardInput() {
        Thread watcher = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Nobody writes; only the end matters.
                        }
                    } catch (IOException gone) {
                        // The same end.
                    }
                    Runtime.getRuntime().halt(0);
                },
                "end-with-parent");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** Gives the user {@code nacos} its password. A home that was used before has it already, and says so. */
    private static void createAdministrator(int port, String password) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/nacos/v3/auth/user/admin"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "password=" + URLEncoder.encode(password, StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 500) {
            throw new IllegalStateException("the administrator was not created: HTTP " + response.statusCode());
        }
    }
}
