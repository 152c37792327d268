package io.bowline.rpc.balance;

import java.util.List;

/** The weights of a set of nodes, at one moment: within bounds and divided by their greatest common divisor. */
final class Weights {
    private static final int MAX = 10_000;

    private Weights() {}

    static int[] of(List<? extends Node> nodes) {
        int[] weights = new int[nodes.size()];
        int divisor = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = of(nodes.get(i));
            divisor = gcd(weights[i], divisor);
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= divisor;
        }
        return weights;
    }

    /** The weight of one node, within bounds. */
    static int of(Node node) {
        return Math.min(MAX, Math.max(1, node.weight()));
    }

    static int least(int[] weights) {
        int least = MAX;
        for (int weight : weights) {
            least = Math.min(least, weight);
        }
        return least;
    }

    static long sum(int[] weights) {
        long sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        return sum;
    }

    /** Whether all are the same; having no common divisor they are then all 1. */
    static boolean equal(int[] weights) {
        return sum(weights) == weights.length;
    }

    static long gcd(long left, long right) {
        return right == 0 ? left : gcd(right, left % right);
    }

    static int gcd(int left, int right) {
        return (int) gcd((long) left, right);
    }
}
