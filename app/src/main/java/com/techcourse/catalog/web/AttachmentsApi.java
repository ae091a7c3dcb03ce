package com.techcourse.catalog.web;

import com.techcourse.catalog.Attachment;
import com.techcourse.catalog.web.Attachments.Stored;
import com.techcourse.platform.Acting;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.BodyLimit;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Files that a lesson gives to whoever may read it. */
@Api
class AttachmentsApi {

    private static final long LARGEST = 256L << 20;

    private final Attachments attachments;

    AttachmentsApi(Attachments attachments) {
        this.attachments = attachments;
    }

    @PostMapping(path = "/studio/lessons/{id}/attachments", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @OpenTo({"instructor", "admin"})
    @BodyLimit(LARGEST)
    @Refuses({"too-large", "unsupported-media-type", "course-files-full"})
    @ApiResponse(responseCode = "201", description = "Stored")
    @Operation(
            summary = "Add a file to a lesson",
            description =
                    "The body is the file, of at most 256 MiB, and the files of a course have a limit together. What it is, its first bytes say.",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    ResponseEntity<Attachment> add(
            Acting acting,
            @PathVariable UUID id,
            @Parameter(example = "slides.pdf") @RequestParam("file_name") String fileName,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        Attachment added = attachments.add(acting, id, fileName, request.getInputStream());
        return ResponseEntity.created(URI.create(added.url())).body(added);
    }

    @DeleteMapping("/studio/attachments/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo({"instructor", "admin"})
    @Operation(
            summary = "Take a file off its lesson",
            description = "The stored file goes later, if no lesson holds it.")
    void remove(Acting acting, @PathVariable UUID id) {
        if (!attachments.remove(acting, id)) {
            throw new Refused("not-found");
        }
    }

    @GetMapping("/attachments/{id}")
    @OpenTo(OpenTo.EVERYONE)
    @Refuses("range-not-satisfiable")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(
            responseCode = "206",
            description = "The part that Range asked for",
            content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    @Operation(
            summary = "Download a file of a lesson",
            description = "For those who may read the lesson. One Range of bytes may be asked for.")
    ResponseEntity<InputStreamResource> download(
            Acting acting,
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range) {
        Stored file = attachments.find(acting, id).orElseThrow(() -> new Refused("not-found"));
        Slice slice = Slice.of(range, file.size());
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(slice.whole() ? 200 : 206)
                .contentType(MediaType.parseMediaType(file.mediaType()))
                .contentLength(slice.length())
                .cacheControl(CacheControl.noCache().cachePrivate())
                .eTag(file.sha256())
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                .header("X-Content-Type-Options", "nosniff")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.fileName(), StandardCharsets.UTF_8)
                                .build()
                                .toString());
        if (!slice.whole()) {
            answer.header(
                    HttpHeaders.CONTENT_RANGE,
                    "bytes " + slice.from() + "-" + (slice.from() + slice.length() - 1) + "/" + file.size());
        }
        return answer.body(new InputStreamResource(() -> attachments.read(file, slice.from(), slice.length())));
    }

    /** The part of a file that is wanted. Several parts at once, or what is not understood, mean all of it. */
    private record Slice(long from, long length, boolean whole) {

        static Slice of(@Nullable String range, long size) {
            List<HttpRange> ranges = parsed(range);
            if (ranges.size() != 1) {
                return new Slice(0, size, true);
            }
            long from = ranges.getFirst().getRangeStart(size);
            long to = ranges.getFirst().getRangeEnd(size);
            if (from >= size || to < from) {
                throw new Refused("range-not-satisfiable", "The file has " + size + " bytes.");
            }
            return new Slice(from, to - from + 1, false);
        }

        private static List<HttpRange> parsed(@Nullable String range) {
            try {
                return HttpRange.parseRanges(range);
            } catch (IllegalArgumentException _) {
                return List.of();
            }
        }
    }
}
