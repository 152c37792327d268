package io.bowline.benchmark.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes one peer's turn: two fresh processes, the answers checked, warm-up over all cells mixed, then each cell. */
final class Measuring {
    /** Above what a cell itself takes: JMH's own bound for a hung iteration, and then some. */
    private static final Duration GRACE = Duration.ofSeconds(50);

    /** How often a turn begins anew with fresh processes after one has ended or hung. */
    private static final int PAIRS = 3;

    private final PeerModule module;
    private final PeerInfo peer;
    private final Settings settings;
    private final List<String> flags;
    private final Path logs;
    private final BiConsumer<Sample, PeerInfo> listener;

    private final List<Sample> samples = new ArrayList<>();
    private final List<Cell> left;
    private Shares shares = Shares.UNKNOWN;

    /** A listener hears of each sample as it is made. */
    Measuring(
            PeerModule module,
            PeerInfo peer,
            Settings settings,
            List<String> flags,
            Path logs,
            BiConsumer<Sample, PeerInfo> listener) {
        this.module = module;
        this.peer = peer;
        this.settings = settings;
        this.flags = flags;
        this.logs = logs;
        this.listener = listener;
        this.left = new ArrayList<>(settings.parsedCells().stream()
                .filter(cell -> peer.async() || cell.load() != Load.ASYNC)
                .toList());
    }

    /** Used once. */
    PeerRound run(Turn turn) throws IOException, InterruptedException {
        String failure = null;
        for (int pairs = 0; pairs < PAIRS && !left.isEmpty() && failure == null; pairs++) {
            int before = left.size();
            try (Pair pair = Pair.start(module, peer.name(), flags, logs)) {
                failure = measure(pair);
            } catch (Gone gone) {
                failure = left.size() == before ? gone.reason() : null; // else that cell's failure, not ours
            }
        }
        String reason = failure == null ? "its processes ended too often" : failure;
        left.forEach(cell -> keep(Sample.failed(cell.label(), reason)));
        return new PeerRound(turn.round(), peer.name(), turn.again(), shares, failure, List.copyOf(samples));
    }

    /** All that is left, or why nothing can be measured at all. */
    private @Nullable String measure(Pair pair) throws Gone, InterruptedException {
        Pair.Answer check = pair.ask("check", GRACE);
        if (check.failed()) {
            return check.text();
        }
        if (samples.isEmpty()) {
            wire(pair);
        }
        CpuTimes begin = CpuTimes.now(pair.handles());
        warmUp(pair);
        while (!left.isEmpty()) {
            Cell cell = left.remove(0);
            try {
                keep(measure(pair, cell));
            } catch (Gone gone) {
                keep(Sample.failed(cell.label(), gone.reason()));
                throw gone;
            }
            shares = CpuTimes.shares(begin, CpuTimes.now(pair.handles()));
        }
        return null;
    }

    private Sample measure(Pair pair, Cell cell) throws Gone, InterruptedException {
        CpuTimes before = CpuTimes.now(pair.handles());
        Pair.Answer answer = pair.ask(
                cell.order(settings.cellWarmUpSeconds(), settings.seconds()),
                GRACE.plusSeconds(settings.cellWarmUpSeconds() + settings.seconds()));
        Shares during = CpuTimes.shares(before, CpuTimes.now(pair.handles()));
        return answer.failed()
                ? Sample.failed(cell.label(), answer.text())
                : Sample.of(cell.label(), during, Sample.figures(answer.text()));
    }

    private void wire(Pair pair) throws Gone, InterruptedException {
        Pair.Answer answer = pair.ask("wire", GRACE);
        keep(
                answer.failed()
                        ? Sample.failed(Cell.WIRE, answer.text())
                        : Sample.of(Cell.WIRE, Shares.UNKNOWN, Sample.figures(answer.text())));
    }

    /** Second by second through all cells, so that no cell's shape is the only one that the compiler has seen. */
    private void warmUp(Pair pair) throws Gone, InterruptedException {
        List<Cell> cells = left.stream().filter(cell -> !cell.latency()).toList();
        List<Cell> turns = cells.isEmpty() ? List.copyOf(left) : cells;
        for (int second = 0; second < settings.warmUpSeconds(); second++) {
            Cell cell = turns.get(second % turns.size());
            try {
                pair.ask(cell.order(0, 1), GRACE);
            } catch (Gone gone) {
                left.remove(cell);
                keep(Sample.failed(cell.label(), gone.reason()));
                throw gone;
            }
        }
    }

    private void keep(Sample sample) {
        samples.add(sample);
        listener.accept(sample, peer);
    }
}
