package io.bowline.benchmark.dubbo;

import io.bowline.benchmark.kit.Peer;
import io.bowline.benchmark.kit.UserClient;
import io.bowline.benchmark.kit.UserService;
import io.bowline.benchmark.kit.Users;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.dubbo.common.Version;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.FrameworkModel;

/** Apache Dubbo without a registry. */
abstract class DubboPeer implements Peer {
    private static final Logger LOG = Logger.getLogger("org.apache.dubbo");

    /** The loopback address in a form that Dubbo keeps: for 127.0.0.1 it takes another address of this machine. */
    private static final String LOOPBACK = "[::ffff:127.0.0.1]";

    /** Its 200 would refuse calls: the kit has 256 in flight. */
    private static final int THREADS = 300;

    /** In milliseconds; its second is short for a machine that warms up. */
    private static final int TIMEOUT = 10_000;

    private final String name;
    private final String protocol;
    private final String serialization;

    private DubboPeer(String name, String protocol, String serialization) {
        this.name = name;
        this.protocol = protocol;
        this.serialization = serialization;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "Apache Dubbo " + Version.getVersion() + ", protocol " + protocol + ", " + serialization
                + ", server threads: " + THREADS + " (default 200)";
    }

    @Override
    public AutoCloseable serve(int port) {
        ProtocolConfig listening = new ProtocolConfig(protocol, port);
        listening.setHost(LOOPBACK);
        listening.setThreads(THREADS);
        Users users = new Users();
        DubboBootstrap application = application("server")
                .protocol(listening)
                .service(service(UserService.class, users))
                .service(service(AsyncUserService.class, new AsyncUsers(users)));
        application.start();
        return application::stop;
    }

    @Override
    public UserClient connect(int port) {
        ReferenceConfig<UserService> users = reference(UserService.class, port);
        ReferenceConfig<AsyncUserService> async = reference(AsyncUserService.class, port);
        DubboBootstrap application = application("client").reference(users).reference(async);
        application.start();
        return new DubboClient(application, users.get(), async.get());
    }

    private static DubboBootstrap application(String name) {
        LOG.setLevel(Level.SEVERE);
        ApplicationConfig application = new ApplicationConfig(name);
        application.setQosEnable(false);
        application.setLogger("jdk");
        return DubboBootstrap.newInstance(FrameworkModel.defaultModel())
                .application(application)
                .registry(new RegistryConfig(RegistryConfig.NO_AVAILABLE));
    }

    private static <T> ServiceConfig<T> service(Class<T> contract, T implementation) {
        ServiceConfig<T> service = new ServiceConfig<>();
        service.setInterface(contract);
        service.setRef(implementation);
        return service;
    }

    private <T> ReferenceConfig<T> reference(Class<T> contract, int port) {
        ReferenceConfig<T> reference = new ReferenceConfig<>();
        reference.setInterface(contract);
        reference.setUrl(protocol + "://" + LOOPBACK + ":" + port);
        reference.setTimeout(TIMEOUT);
        return reference;
    }

    /** The protocol that gave it its name. */
    public static final class Default extends DubboPeer {
        public Default() {
            super("dubbo", "dubbo", "hessian2");
        }
    }

    /** What it recommends today: gRPC's framing, here with the same plain interface. */
    public static final class Triple extends DubboPeer {
        public Triple() {
            super("dubbo-triple", "tri", "hessian2 within protobuf");
        }
    }
}
