package io.magpie.core.file;

import io.magpie.core.log.Content;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.magpie.core.outcome.Rejection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who may read a file, and what may name one. Reads the store: blocks.
public final class FileRules {
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,15}");

    private final Files files;

    public FileRules(Files files) {
        this.files = files;
    }

    /// Owners read theirs, members what an entry carries that they see, and everybody pictures of people and groups.
    /// A file somebody may not read is answered as one that does not exist.
    public Outcome<StoredFile> readable(long user, long id) {
        return files.find(id)
                .filter(file -> reads(user, file))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.rejected(ErrorCode.NOT_FOUND, "file: no file " + id + " visible to you"));
    }

    private boolean reads(long user, StoredFile file) {
        return file.owner() == user || files.carried(file.id(), user) || files.avatar(file.id());
    }

    /// The refusal of a content with a file that its author may not read or that is something else than it says.
    public Optional<Rejection> objection(long user, @Nullable Content content) {
        var references = FileReferences.of(content);
        if (references.isEmpty()) {
            return Optional.empty();
        }
        var found = files
                .findAll(references.stream().map(FileReferences.Reference::file).toList())
                .stream()
                .collect(Collectors.toMap(StoredFile::id, Function.identity()));
        return references.stream()
                .flatMap(reference -> objection(user, reference, found.get(reference.file())).stream())
                .findFirst();
    }

    private Optional<Rejection> objection(long user, FileReferences.Reference reference, @Nullable StoredFile file) {
        String named = reference.field() + ": " + reference.file();
        if (file == null || !reads(user, file)) {
            return Optional.of(new Rejection(ErrorCode.NOT_FOUND, named + " (expected: a file visible to you)"));
        }
        var kind = reference.kind();
        return kind == null || file.media().kind() == kind
                ? Optional.empty()
                : Optional.of(new Rejection(
                        ErrorCode.MALFORMED,
                        named + " is of kind " + word(file.media().kind()) + " (expected: " + word(kind) + ")"));
    }

    /// A picture of a person or group, in the transaction that sets it: an address passes, a file must be a picture
    /// that `user` uploaded.
    ///
    /// @param before what it is now, which passes
    public static Outcome<String> avatar(Files files, long user, String avatar, String before) {
        if (avatar.equals(before) || !ID.matcher(avatar).matches()) {
            return Outcome.done(avatar);
        }
        return files.find(Long.parseLong(avatar))
                .filter(file -> file.owner() == user && file.media().kind() == FileKind.IMAGE)
                .map(_ -> Outcome.done(avatar))
                .orElseGet(() -> Outcome.rejected(
                        ErrorCode.NOT_FOUND, "avatar: " + avatar + " (expected: a picture you uploaded)"));
    }

    private static String word(FileKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
