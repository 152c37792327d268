package io.bowline.rpc;

import io.bowline.rpc.CallReport.Circumstances;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A {@link CallReport} in lines. */
final class CallReportText {
    private final List<String> lines = new ArrayList<>();

    private CallReportText() {}

    static String of(CallReport report) {
        CallReportText text = new CallReportText();
        text.call(report);
        text.circumstances(report.circumstances());
        text.attempts(report);
        text.line(
                "options",
                report.options().stream()
                        .map(option -> option.name() + "=" + option.value() + " (" + option.origin() + ")")
                        .collect(Collectors.joining(", ")));
        return String.join("\n", text.lines);
    }

    private void call(CallReport report) {
        RpcException failure = report.failure();
        line("call", report.method() + (failure == null ? " answered in " : " failed after ") + time(report.took()));
        if (failure != null) {
            line("failure", String.valueOf(failure.getMessage()));
        }
        String left = report.left().isNegative()
                ? "over for " + time(report.left().negated())
                : time(report.left()) + " left";
        line("deadline", report.deadline() + ", " + left);
    }

    private void circumstances(Circumstances now) {
        for (CallReport.RegistryView view : now.registries()) {
            Duration age = view.age();
            line(
                    "registry",
                    view.registry()
                            + (view.reachable() ? "" : " (not reachable)")
                            + (age == null
                                    ? " has told nothing yet"
                                    : " revision " + view.revision() + ", " + time(age) + " old, " + view.providers()
                                            + " providers"));
        }
        for (CallReport.Route route : now.routes()) {
            line("rule", route.rule() + ": " + route.before() + " -> " + route.after());
        }
        if (!now.equals(Circumstances.UNKNOWN)) {
            line("providers", now.known() + " known, " + now.usable() + " usable");
        }
        for (CallReport.Provider provider : now.providers()) {
            line(
                    "",
                    provider.address() + " " + provider.state() + ", weight " + provider.weight() + ", latency "
                            + (provider.latency().isZero() ? "unknown" : time(provider.latency())) + ", in flight "
                            + provider.inFlight());
        }
        int more = now.known() - now.providers().size();
        if (more > 0 && !now.providers().isEmpty()) {
            line("", "and " + more + " more");
        }
    }

    private void attempts(CallReport report) {
        int number = 0;
        for (Attempt attempt : report.attempts()) {
            number++;
            RpcException failure = attempt.failure();
            String phases = attempt.phases().stream()
                    .map(phase -> phase.name() + " " + time(Duration.ofNanos(phase.nanos())))
                    .collect(Collectors.joining(", ", " [", "]"));
            line(
                    "attempt " + number,
                    attempt.provider() + " after "
                            + time(Duration.ofNanos(attempt.startNanos() - report.startNanos())) + " for "
                            + time(Duration.ofNanos(attempt.tookNanos()))
                            + (attempt.phases().isEmpty() ? "" : phases)
                            + (failure == null ? " answered" : " " + failure.getMessage()));
        }
        if (number == 0 && report.failure() != null) {
            line("attempts", "none: the call was sent to nobody");
        }
    }

    private void line(String title, String text) {
        lines.add(String.format(Locale.ROOT, "%-10s %s", title, text));
    }

    private static String time(Duration time) {
        return String.format(Locale.ROOT, "%.3f ms", time.toNanos() / 1e6);
    }
}
