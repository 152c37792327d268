package io.bowline.rpc.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The tree that is checked: everything below the root that belongs to the project. */
final class House {
    static final Path ROOT =
            Path.of(System.getProperty("house.root", ".")).toAbsolutePath().normalize();

    /** What tools leave in a working copy. */
    private static final Set<String> FOREIGN =
            Set.of(".git", "target", ".idea", ".vscode", ".settings", ".classpath", ".project", "node_modules");

    private House() {}

    /** All files of the project whose path from the root fits, in a stable order. */
    static List<Path> files(Predicate<String> fits) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return FOREIGN.contains(nameOf(folder)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && fits.test(name(file)) && !FOREIGN.contains(nameOf(file))) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }

    /** The Java files of all modules that end up in a jar. */
    static List<Path> mainSources() {
        return files(path -> path.endsWith(".java") && path.contains("src/main/java/"));
    }

    /** The Java files of all tests. */
    static List<Path> testSources() {
        return files(path -> path.endsWith(".java") && path.contains("src/test/java/"));
    }

    /** The documents: README and its kind, and everything in docs. */
    static List<Path> documents() {
        return files(path -> path.endsWith(".md"));
    }

    /** The path from the root, with forward slashes. */
    static String name(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(name(file), e);
        }
    }

    static List<String> lines(Path file) {
        return read(file).lines().toList();
    }

    private static String nameOf(Path path) {
        return path.getName(path.getNameCount() - 1).toString();
    }
}
