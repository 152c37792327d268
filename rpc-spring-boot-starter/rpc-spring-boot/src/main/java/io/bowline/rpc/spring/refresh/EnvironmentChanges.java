package io.bowline.rpc.spring.refresh;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/** Hears of changed properties from Spring Cloud, whose event is known here by its name alone. */
public final class EnvironmentChanges implements ApplicationListener<ApplicationEvent>, Ordered {
    /** Told when properties have changed. */
    public static final String EVENT = "org.springframework.cloud.context.environment.EnvironmentChangeEvent";

    private final RpcRefresh refresh;

    public EnvironmentChanges(RpcRefresh refresh) {
        this.refresh = refresh;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event.getClass().getName().equals(EVENT)) {
            refresh.refresh();
        }
    }

    /** After Spring Cloud's own, which bind beans of properties anew. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
