package io.magpie.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every [Directory] with rows promises while its engine works.
public abstract class DirectoryContract {
    private static final Incarnation A = new Incarnation("a", 1);
    private static final Incarnation B = new Incarnation("b", 1);
    private static final Incarnation B_AGAIN = new Incarnation("b", 2);
    private static final int RACES = 300;

    private final List<Directory> open = new ArrayList<>();

    /// The directory of one node, on the engine that all nodes of the running test share. Every test begins
    /// without rows.
    protected abstract Directory open(Incarnation me);

    @AfterEach
    final void closeAll() {
        open.forEach(Directory::close);
        open.clear();
    }

    protected final Directory join(Incarnation me) {
        var directory = open(me);
        open.add(directory);
        return directory;
    }

    @Test
    void rowsAreFoundByTheOthers() {
        var a = join(A);
        var b = join(B);
        b.add(List.of(1L, 2L), List.of(70L));
        a.add(List.of(1L), List.of());
        var c = join(new Incarnation("c", 1));
        var found = c.find(List.of(1L, 2L, 3L), List.of(70L, 71L));
        assertThat(found.users()).isEqualTo(Map.of(1L, Set.of(A, B), 2L, Set.of(B)));
        assertThat(found.groups()).isEqualTo(Map.of(70L, Set.of(B)));
    }

    @Test
    void aNodeDoesNotFindItself() {
        var a = join(A);
        a.add(List.of(1L), List.of(70L));
        assertThat(a.find(List.of(1L), List.of(70L))).isEqualTo(Directory.Found.NOBODY);
    }

    @Test
    void usersAndGroupsOfOneNumberAreDifferent() {
        var a = join(A);
        join(B).add(List.of(5L), List.of());
        assertThat(a.find(List.of(), List.of(5L))).isEqualTo(Directory.Found.NOBODY);
    }

    @Test
    void whatIsRemovedIsNotFound() {
        var a = join(A);
        var b = join(B);
        b.add(List.of(1L, 2L), List.of(70L, 71L));
        b.add(List.of(1L), List.of(70L));
        b.remove(List.of(1L, 99L), List.of(70L, 99L));
        var found = a.find(List.of(1L, 2L), List.of(70L, 71L));
        assertThat(found.users()).containsOnlyKeys(2L);
        assertThat(found.groups()).containsOnlyKeys(71L);
    }

    @Test
    void f36OneIncarnationDoesNotTouchTheRowsOfAnother() {
        var a = join(A);
        var dead = join(B);
        dead.add(List.of(1L, 2L), List.of(70L));
        var living = join(B_AGAIN);
        living.add(List.of(1L), List.of(70L));
        dead.remove(List.of(1L), List.of(70L));
        assertThat(a.forget(B)).containsExactly(2L);
        assertThat(a.forget(B)).isEmpty();
        var found = a.find(List.of(1L, 2L), List.of(70L));
        assertThat(found.users()).isEqualTo(Map.of(1L, Set.of(B_AGAIN)));
        assertThat(found.groups()).isEqualTo(Map.of(70L, Set.of(B_AGAIN)));
    }

    @Test
    void manyRowsAreForgotten() {
        var a = join(A);
        var b = join(B);
        var many = LongStream.rangeClosed(1, 5_000).boxed().toList();
        b.add(many, many);
        assertThat(a.find(many, many).users()).hasSize(5_000);
        assertThat(a.holders()).contains(B);
        assertThat(a.forget(B)).containsExactlyInAnyOrderElementsOf(many);
        assertThat(a.find(many, many)).isEqualTo(Directory.Found.NOBODY);
        assertThat(a.holders()).doesNotContain(B);
    }

    @Test
    void whileNothingIsLostTheRowsAreIntact() {
        var a = join(A);
        assertThat(a.intact()).isTrue();
        a.add(List.of(1L), List.of());
        assertThat(a.intact()).isTrue();
        a.remove(List.of(1L), List.of());
        assertThat(a.intact()).isTrue();
    }

    @Test
    void f12ARowIsFoundByWhoeverLooksAfterItWasAdded() throws Exception {
        var a = join(A);
        var b = join(B);
        try (var looking = Executors.newSingleThreadExecutor()) {
            for (long user = 1; user <= RACES; user++) {
                long now = user;
                b.add(List.of(now), List.of(now));
                Callable<Directory.Found> look = () -> a.find(List.of(now), List.of(now));
                var found = looking.submit(look).get();
                assertThat(found.users()).containsKey(now);
                assertThat(found.groups()).containsKey(now);
            }
        }
    }
}
