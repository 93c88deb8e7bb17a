package io.magpie.server.http;

import io.magpie.core.file.FileRules;
import io.magpie.core.file.FileService;
import io.magpie.core.file.SignedFiles;
import io.magpie.core.file.StoredFile;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Outcome;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/files")
@Tag(name = "Files")
class FilesController {
    private final FileService files;
    private final FileRules rules;
    private final SignedFiles signed;

    FilesController(FileService files, FileRules rules, SignedFiles signed) {
        this.files = files;
        this.rules = rules;
        this.signed = signed;
    }

    /// @param thumbnail of a picture, and `cover` of a film: ids of files as well
    record FileView(
            long fileId,
            String mime,
            long size,
            @Nullable Long width,
            @Nullable Long height,
            @Nullable Long durationMs,
            @Nullable List<Integer> waveform,
            @Nullable String blurhash,
            @Nullable Long thumbnail,
            @Nullable Long cover) {
        static FileView of(StoredFile file) {
            var media = file.media();
            var preview = Fields.unlessZero(file.preview());
            return switch (media.kind()) {
                case IMAGE -> of(file, media.width(), media.height(), null, preview, null);
                case VIDEO -> of(file, media.width(), media.height(), media.durationMs(), null, preview);
                case AUDIO -> of(file, 0, 0, media.durationMs(), null, null);
                case OTHER -> of(file, 0, 0, null, null, null);
            };
        }

        private static FileView of(
                StoredFile file,
                long width,
                long height,
                @Nullable Long durationMs,
                @Nullable Long thumbnail,
                @Nullable Long cover) {
            var waveform = file.media().waveform();
            return new FileView(
                    file.id(),
                    file.media().mime(),
                    file.size(),
                    Fields.unlessZero(width),
                    Fields.unlessZero(height),
                    durationMs,
                    waveform.isEmpty() ? null : waveform,
                    file.media().blurhash(),
                    thumbnail,
                    cover);
        }
    }

    /// The largest file of each kind.
    record Limits(long image, long audio, long video, long other) {}

    /// @param quotaBytes what the caller may keep, absent without limit
    record UploadsView(Limits maxBytes, @Nullable Long quotaBytes, long usedBytes) {}

    /// @param url of this server, good without a token until `expiresAt`
    record FileAddress(String url, long expiresAt) {}

    @Operation(
            summary = "What the caller may upload",
            description = "In bytes, for each kind, so that nobody sends what will be refused.")
    @GetMapping
    UploadsView uploads(Caller caller) {
        var allowance = files.allowance(caller.user());
        var most = allowance.settings();
        return new UploadsView(
                new Limits(most.imageBytes(), most.audioBytes(), most.videoBytes(), most.otherBytes()),
                Fields.unlessZero(most.quotaBytes()),
                allowance.usedBytes());
    }

    @Operation(
            summary = "Upload a file",
            description = "The body is the file, or a form (`multipart/form-data`) whose first file it is. What it is "
                    + "is found out from its bytes; `Content-Type` says nothing.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/octet-stream",
                                            schema = @Schema(type = "string", format = "binary"))))
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<FileView> upload(Caller caller, HttpServletRequest request) throws IOException {
        var body = new UploadBody(request);
        var offer = new FileService.Offer(caller.user(), body.name(), body.length());
        try {
            var outcome = files.welcome(offer).then(_ -> body.file()).then(in -> files.upload(body.named(offer), in));
            if (outcome instanceof Outcome.Rejected) {
                body.drain();
            }
            var file = RejectedRequest.unlessDone(outcome);
            return ResponseEntity.created(URI.create("/api/v1/files/" + file.id()))
                    .body(FileView.of(file));
        } catch (UncheckedIOException _) {
            throw new RejectedRequest(ErrorCode.MALFORMED, "body: ends too early, or is no form");
        }
    }

    @Operation(
            summary = "Download a file",
            description = "Ranges (`Range`, one at a time), `If-Range` and `If-None-Match` are served.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "string", format = "binary")))
    @GetMapping("/{id}")
    void download(Caller caller, @PathVariable long id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        new Download(files, readable(caller.user(), id)).answer(request, response);
    }

    @Operation(summary = "Download a file by an address that was signed for somebody")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "string", format = "binary")))
    @SecurityRequirements
    @GetMapping(path = "/{id}", params = "signature")
    void signedDownload(
            @PathVariable long id,
            @RequestParam long user,
            @RequestParam long expires,
            @RequestParam String signature,
            @Parameter(hidden = true) HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        long reader = RejectedRequest.unlessDone(signed.user(new SignedFiles.Signed(id, user, expires, signature)));
        new Download(files, readable(reader, id)).answer(request, response);
    }

    @Operation(
            summary = "An address of a file that is good without a token for an hour",
            description = "For what can send none, as `src` of a film. It ends earlier if the right to read ends.")
    @GetMapping("/{id}/url")
    FileAddress address(Caller caller, @PathVariable long id) {
        readable(caller.user(), id);
        var address = signed.sign(caller.user(), id);
        return new FileAddress(
                "/api/v1/files/%d?user=%d&expires=%d&signature=%s"
                        .formatted(id, address.user(), address.expiresAt(), address.signature()),
                address.expiresAt());
    }

    @Operation(
            summary = "A small picture of a file",
            description = "The thumbnail of a picture, itself where it is small or moves, and the cover of a film.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "string", format = "binary")))
    @GetMapping("/{id}/thumbnail")
    void thumbnail(Caller caller, @PathVariable long id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var file = readable(caller.user(), id);
        var preview = RejectedRequest.unlessDone(files.preview(file));
        new Download(files, preview).answer(request, response);
    }

    private StoredFile readable(long user, long id) {
        return RejectedRequest.unlessDone(rules.readable(user, id));
    }
}
