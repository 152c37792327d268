package io.bowline.benchmark.kit;

/** Stands in for the kit's. */
public final class ServerMain {
    private ServerMain() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("unstartable")) {
            throw new IllegalStateException("no server today");
        }
        System.out.println("READY 1");
        while (System.in.read() >= 0) {
            // Until the end.
        }
    }
}
