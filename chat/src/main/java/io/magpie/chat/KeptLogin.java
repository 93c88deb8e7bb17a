package io.magpie.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/// The login of the last time, so that the chat starts without a password and without a server. Readable by
/// its owner only.
record KeptLogin(String username, long userId, String token) {
    private static final String FILE = "login";

    static Optional<KeptLogin> read(Path directory) {
        try {
            List<String> lines = Files.readAllLines(directory.resolve(FILE));
            return lines.size() < 3
                    ? Optional.empty()
                    : Optional.of(new KeptLogin(lines.get(0), Long.parseLong(lines.get(1)), lines.get(2)));
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    void write(Path directory) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(FILE);
            Files.deleteIfExists(file);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(file, List.of(username, Long.toString(userId), token));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void forget(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
