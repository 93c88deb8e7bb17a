package io.magpie.server.http;

import io.magpie.core.contact.ContactService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/blocks")
@Tag(name = "Blocks")
class BlocksController {
    private final ContactService contacts;
    private final Profiles profiles;

    BlocksController(ContactService contacts, Profiles profiles) {
        this.contacts = contacts;
        this.profiles = profiles;
    }

    @Operation(summary = "Whom I block")
    @GetMapping
    Items<UserView> list(Caller caller) {
        var blocks = contacts.blocks(caller.user());
        var byUser = profiles.of(blocks);
        return new Items<>(
                blocks.stream().map(byUser::get).filter(Objects::nonNull).toList());
    }

    @Operation(summary = "Block a user: neither of us can write to the other")
    @PutMapping("/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void block(Caller caller, @PathVariable long user) {
        RejectedRequest.unlessDone(contacts.block(caller.user(), user));
    }

    @Operation(summary = "Stop blocking a user")
    @DeleteMapping("/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unblock(Caller caller, @PathVariable long user) {
        RejectedRequest.unlessDone(contacts.unblock(caller.user(), user));
    }
}
