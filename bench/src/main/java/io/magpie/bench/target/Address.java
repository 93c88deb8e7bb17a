package io.magpie.bench.target;

/// `HOST:PORT`.
public record Address(String host, int port) {
    public static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new Address(text.substring(0, Math.max(0, colon)), Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("address: " + text + " (expected: HOST:PORT)", e);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
