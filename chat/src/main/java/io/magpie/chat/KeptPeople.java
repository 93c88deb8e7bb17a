package io.magpie.chat;

import io.magpie.chat.state.People;
import io.magpie.chat.state.People.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Names of people, one per line, for a start without a server.
final class KeptPeople {
    private final Path file;

    KeptPeople(Path directory) {
        this.file = directory.resolve("people.tsv");
    }

    void load(People people) {
        if (!Files.exists(file)) {
            return;
        }
        try (var lines = Files.lines(file)) {
            lines.map(line -> line.split("\t", -1))
                    .filter(fields -> fields.length == 3 && fields[0].matches("[0-9]{1,16}"))
                    .forEach(fields -> people.learn(new Person(Long.parseLong(fields[0]), fields[1], fields[2])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void keep(Person person) {
        String line = person.user() + "\t" + field(person.username()) + "\t" + field(person.name()) + "\n";
        try {
            Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String field(String text) {
        return text.replaceAll("[\t\r\n]", " ");
    }
}
