package io.cruddur.obs.console.internal.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** How many datagrams Linux dropped at our socket: the last column of its line in {@code /proc/net/udp}. */
final class KernelDrops {

    private static final Path TABLE = Path.of("/proc/net/udp");

    /** 127.0.0.1 as the kernel prints it there, and the port in hex. */
    private final String localAddress;

    KernelDrops(int port) {
        localAddress = "0100007F:" + HexFormat.of().withUpperCase().toHexDigits((short) port);
    }

    long count() {
        try {
            for (String line : Files.readAllLines(TABLE)) {
                List<String> columns = List.of(line.strip().split("\\s+"));
                if (columns.size() > 2 && columns.get(1).equals(localAddress)) {
                    return Long.parseLong(columns.get(columns.size() - 1));
                }
            }
        } catch (IOException | NumberFormatException notLinux) {
            // Told as unknown.
        }
        return -1;
    }
}
