package io.bowline.benchmark.runner;

import java.util.List;

/**
 * How a run measures.
 *
 * @param rounds each peer's turns
 * @param warmUpSeconds before the first cell of a turn, over all cells mixed
 * @param cellWarmUpSeconds before each cell, with its own load
 * @param seconds each cell
 * @param again whether noisy turns are run once more
 * @param cells their labels
 */
record Settings(int rounds, int warmUpSeconds, int cellWarmUpSeconds, int seconds, boolean again, List<String> cells) {
    List<Cell> parsedCells() {
        return cells.stream().map(Cell::labelled).toList();
    }

    /** About how long one peer's turn takes: two processes, a look at the answers, warming up, measuring. */
    int secondsPerTurn() {
        double aroundACell = 0.5;
        double around = 8 + cells.size() * aroundACell;
        return (int) (around + warmUpSeconds + cells.size() * (cellWarmUpSeconds + seconds));
    }
}
