package io.magpie.engines;

/// A JVM that starts engines, says who they are and waits to be killed.
final class Holder {
    private Holder() {}

    public static void main(String[] engines) throws InterruptedException {
        for (String engine : engines) {
            System.out.println(Engine.of(engine).start().pid());
        }
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
