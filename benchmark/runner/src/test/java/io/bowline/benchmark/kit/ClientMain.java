package io.bowline.benchmark.kit;

import java.util.Scanner;

/** Stands in for the kit's: its peer's name says what goes wrong. */
public final class ClientMain {
    private ClientMain() {}

    public static void main(String[] args) {
        System.out.println("a framework's banner");
        System.out.println("RESULT a peer");
        Scanner orders = new Scanner(System.in);
        while (orders.hasNextLine()) {
            System.out.println(answer(args[0], orders.nextLine()));
        }
    }

    private static String answer(String peer, String order) {
        if (order.equals("check")) {
            return peer.equals("wrong") ? "FAILED check: a wrong answer" : "RESULT ok";
        }
        if (order.contains("createUser") && peer.equals("mortal")) {
            System.exit(7);
        }
        if (order.contains("createUser") && peer.equals("unable")) {
            return "FAILED " + order + ": not today";
        }
        return "RESULT figure=" + order.length();
    }
}
