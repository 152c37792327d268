package io.bowline.benchmark.feign;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import feign.Feign;
import feign.hc5.ApacheHttp5Client;
import feign.jackson.JacksonDecoder;
import feign.jackson.JacksonEncoder;
import io.bowline.benchmark.kit.Peer;
import io.bowline.benchmark.kit.UserClient;
import org.apache.catalina.util.ServerInfo;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;

/** What most people mean by calling a service from Java: OpenFeign, HTTP/1.1, JSON, Tomcat. */
public final class FeignPeer implements Peer {
    // The pool of Spring Cloud OpenFeign; without one, five connections would be all.
    private static final int CONNECTIONS = 200;
    private static final int CONNECTIONS_OF_A_SERVER = 50;

    @Override
    public String name() {
        return "feign";
    }

    @Override
    public String description() {
        return "OpenFeign " + jar(Feign.class) + ", Apache " + jar(HttpClients.class) + " with a pool of "
                + CONNECTIONS_OF_A_SERVER + ", Jackson; " + ServerInfo.getServerInfo() + ", a servlet without Spring";
    }

    /** {@code feign-core-13.9.1}: nothing but the name of its jar tells the version. */
    private static String jar(Class<?> type) {
        String path = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return path.substring(path.lastIndexOf('/') + 1).replace(".jar", "");
    }

    @Override
    public boolean async() {
        return false;
    }

    @Override
    public AutoCloseable serve(int port) throws Exception {
        return new HttpServer(port);
    }

    @Override
    public UserClient connect(int port) {
        CloseableHttpClient http = HttpClients.custom()
                .disableCookieManagement()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS_OF_A_SERVER)
                        .build())
                .build();
        ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        HttpUserService users = Feign.builder()
                .client(new ApacheHttp5Client(http))
                .encoder(new JacksonEncoder(json))
                .decoder(new JacksonDecoder(json))
                .target(HttpUserService.class, "http://127.0.0.1:" + port);
        return new FeignClient(users, http);
    }
}
