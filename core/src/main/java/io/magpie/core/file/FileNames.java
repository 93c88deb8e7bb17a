package io.magpie.core.file;

import io.magpie.core.limit.Utf8;
import java.util.regex.Pattern;

/// What is kept of a name that an uploader gave: never a path, nothing that cannot be seen.
final class FileNames {
    private static final Pattern PATH = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private FileNames() {}

    static String clean(String given, int maxBytes) {
        String name = UNSEEN.matcher(PATH.matcher(given).replaceFirst(""))
                .replaceAll("")
                .strip();
        return name.equals(".") || name.equals("..") ? "" : Utf8.shorten(name, maxBytes);
    }
}
