package io.bowline.rpc.client;

import io.bowline.rpc.Code;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.RpcMethod;
import io.bowline.rpc.route.RouteTable;
import io.bowline.rpc.route.RuleImpact;
import io.bowline.rpc.route.RuleSet;
import io.bowline.rpc.route.RuleSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of a client's calls. They may be changed while calls run: each reference to which the change makes a
 * difference gets a new picker, in one step, and all others keep theirs. Thread-safe; changing takes a lock that no call
 * takes.
 */
public final class Routing {
    private static final Logger log = LoggerFactory.getLogger(Routing.class);

    private final Map<String, String> labels;

    // Guarded by this.
    private final List<Reference> references = new ArrayList<>();
    private final Map<Object, RuleSet> parts = new LinkedHashMap<>();
    private RuleSet rules;

    /** What a proxy is to the rules. */
    private static final class Reference {
        private final Directory directory;
        private final List<RpcMethod> methods;
        private final Runnable changed;

        Reference(Directory directory, List<RpcMethod> methods, Runnable changed) {
            this.directory = directory;
            this.methods = methods;
            this.changed = changed;
        }
    }

    Routing(Map<String, String> labels, RuleSet own) {
        this.labels = Map.copyOf(labels);
        rules = own;
        parts.put(this, own);
    }

    /** Obeys a source, too; its rules come after those of the sources before. The watch ends with the client. */
    RuleSource.Watch follow(RuleSource source) {
        synchronized (this) {
            parts.put(source, RuleSet.EMPTY);
        }
        return source.watch(told -> follow(source, told));
    }

    private void follow(RuleSource source, RuleSet told) {
        try {
            RuleImpact impact = apply(source, told);
            log.info(
                    "Rules of {} are obeyed: {} rules, {}",
                    source.description(),
                    told.rules().size(),
                    impact);
        } catch (RpcException refused) {
            log.warn("Rules of {}: {}", source.description(), refused.getMessage());
        }
    }

    /**
     * A new reference, before it knows any provider: it never makes a call that no rule was asked about.
     *
     * @param changed opens its doors, which is done here, and has them changed when other rules hold for it
     */
    synchronized void add(Directory directory, List<RpcMethod> methods, Runnable changed) {
        Reference reference = new Reference(directory, methods, changed);
        references.add(reference);
        RouteTable table = table(reference, rules);
        if (!table.equals(directory.routes().table())) {
            directory.route(table, methods).run(); // No call can wait yet.
        }
        changed.run();
    }

    /** Runs it while no rules change. */
    synchronized void exclusively(Runnable something) {
        something.run();
    }

    /** It was not made after all, or has ended. */
    @SuppressWarnings("ReferenceEquality") // It is this very directory that matters.
    synchronized void forget(Directory directory) {
        references.removeIf(reference -> reference.directory == directory);
    }

    /** The rules that are obeyed: those given to the client, then those of its sources. */
    public synchronized RuleSet rules() {
        return rules;
    }

    /**
     * What giving the client these rules, in place of those that it was given before, would change now, for the references
     * and providers that are known.
     */
    public synchronized RuleImpact dryRun(RuleSet other) {
        return impact(joined(this, other));
    }

    /**
     * Obeys these rules from now on, instead of those that the client was given before. Rules of sources stand.
     *
     * @throws RpcException {@code INVALID_CONFIGURATION}, and all stays as it is, if they leave a service none of the
     *     providers that are known, and are not {@linkplain RuleSet#force() forced}
     */
    public RuleImpact apply(RuleSet other) {
        return apply(this, other);
    }

    private RuleImpact apply(Object part, RuleSet other) {
        List<Runnable> releases = new ArrayList<>();
        RuleImpact impact = apply(part, other, releases);
        releases.forEach(Runnable::run);
        return impact;
    }

    private synchronized RuleImpact apply(Object part, RuleSet other, List<Runnable> releases) {
        RuleSet joined = joined(part, other);
        RuleImpact impact = impact(joined);
        if (!impact.emptied().isEmpty() && !other.force()) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "rules refused, those before stand: " + impact + "; force them if that is meant");
        }
        parts.put(part, other);
        rules = joined;
        List.copyOf(references).forEach(reference -> releases.add(obey(reference)));
        return impact;
    }

    private RuleSet joined(Object part, RuleSet other) {
        Map<Object, RuleSet> all = new LinkedHashMap<>(parts);
        all.put(part, other);
        return RuleSet.join(List.copyOf(all.values()));
    }

    private RuleImpact impact(RuleSet other) {
        int changed = 0;
        List<String> emptied = new ArrayList<>();
        for (Reference reference : references) {
            RouteTable table = table(reference, other);
            RouteTable now = reference.directory.routes().table();
            if (!table.equals(now)) {
                changed++;
                List<RemoteInvoker> known = reference.directory.known();
                List<String> before = now.emptied(reference.methods, known);
                table.emptied(reference.methods, known).stream()
                        .filter(empty -> !before.contains(empty))
                        .forEach(emptied::add);
            }
        }
        return new RuleImpact(
                references.size(), changed, emptied.stream().distinct().toList());
    }

    /** What is returned lets calls go on that waited, and is to be run without locks. */
    private Runnable obey(Reference reference) {
        RouteTable table = table(reference, rules);
        if (table.equals(reference.directory.routes().table())) {
            return () -> {};
        }
        Runnable release = reference.directory.route(table, reference.methods);
        reference.changed.run();
        return release;
    }

    private RouteTable table(Reference reference, RuleSet of) {
        return RouteTable.of(of, reference.directory.service(), labels);
    }
}
