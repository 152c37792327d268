package io.bowline.benchmark.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The server's process: {@code ServerMain <peer> <port>}. Prints {@code READY <port of its control>} when it serves, and
 * ends with its standard input. At the control port each line received is answered by a line: the {@link Usage}.
 */
public final class ServerMain {
    private ServerMain() {}

    public static void main(String[] args) throws Exception {
        Peer peer = Peers.named(args[0]);
        PrintStream out = System.out;
        AutoCloseable server = peer.serve(Integer.parseInt(args[1]));
        ServerSocket control = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> answer(control), "control");
        thread.setDaemon(true);
        thread.start();
        out.println("READY " + control.getLocalPort());
        while (System.in.read() >= 0) {
            // Until whoever started this closes it, or ends.
        }
        server.close();
        System.exit(0); // Some frameworks leave threads behind.
    }

    private static void answer(ServerSocket control) {
        while (true) {
            try (Socket socket = control.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                    PrintStream out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.US_ASCII)) {
                while (in.readLine() != null) {
                    out.println(Usage.now().line());
                }
            } catch (IOException gone) {
                if (control.isClosed()) {
                    return;
                }
            }
        }
    }
}
