package io.bowline.rpc.registry.zookeeper;

import io.bowline.rpc.RpcException;
import io.bowline.rpc.discovery.Instance;
import io.bowline.rpc.discovery.InstanceText;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one application. Each value is read once, when its node appears: an instance never changes, a changed
 * one is another with another id. What cannot be read as an instance counts as junk and is not read again. Confined to
 * the registry's thread.
 */
final class FollowedApplication implements Followed.Reader {
    private final Session session;
    private final Layout layout;
    private final String name;
    private final Followers followers;
    private final Followed children;
    private final Complaints complaints = new Complaints();
    private final Set<FollowedService> services = new LinkedHashSet<>();
    private final Map<String, Optional<Instance>> values = new HashMap<>();
    private final Set<String> loading = new HashSet<>();

    private @Nullable Set<String> present;

    /** @param name the application's name as it stands in paths */
    FollowedApplication(Session session, Layout layout, String name, Followers followers) {
        this.followers = followers;
        this.session = session;
        this.layout = layout;
        this.name = name;
        this.children = new Followed(session, layout.application(name), this);
    }

    void join(FollowedService service) {
        services.add(service);
    }

    /** Whether somebody is left who follows it. */
    boolean leave(FollowedService service) {
        services.remove(service);
        return !services.isEmpty();
    }

    void read() {
        loading.clear();
        children.read();
    }

    void end() {
        children.end();
    }

    @Override
    public void changed() {
        List.copyOf(services).forEach(followers::forget);
        children.read();
    }

    @Override
    public void children(Set<String> names) {
        present = names;
        values.keySet().retainAll(names);
        for (String child : names) {
            if (!values.containsKey(child) && loading.add(child)) {
                session.data(layout.application(name) + "/" + child, (code, data) -> loaded(child, code, data));
            }
        }
        tell();
    }

    private void loaded(String child, Code code, byte @Nullable [] data) {
        loading.remove(child);
        if (present != null && present.contains(child)) {
            if (code == Code.OK && data != null) {
                values.put(child, instance(child, data));
            } else if (code != Code.NONODE) {
                complaints.warn(session.toString(), "cannot read an instance of " + name + " (" + code + ")");
            }
        }
        tell();
    }

    private Optional<Instance> instance(String child, byte[] data) {
        try {
            Instance instance = InstanceText.decode(data);
            if (layout.instance(instance).equals(layout.application(name) + "/" + child)) {
                return Optional.of(instance);
            }
            complaints.warn(session.toString(), "an entry of " + name + " bears another's id or application; skipped");
        } catch (RpcException | IllegalArgumentException junk) {
            complaints.warn(session.toString(), "an entry of " + name + " is skipped: " + junk.getMessage());
        }
        return Optional.empty();
    }

    private void tell() {
        if (complete()) {
            List.copyOf(services).forEach(FollowedService::tell);
        }
    }

    /** Whether all that is there has been read. */
    boolean complete() {
        return present != null && loading.isEmpty();
    }

    Collection<Instance> instances() {
        return values.values().stream().flatMap(Optional::stream).toList();
    }
}
