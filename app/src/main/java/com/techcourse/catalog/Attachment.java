package com.techcourse.catalog;

import static com.techcourse.jooq.learning.Tables.READ_ATTACHMENTS;

import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/**
 * A file of a lesson.
 *
 * @param url where it is downloaded by whoever may read the lesson
 */
public record Attachment(UUID id, String fileName, String mediaType, long sizeBytes, String url) {

    /** Those of a lesson that the acting person may read or edits. */
    public static List<Attachment> of(DSLContext database, UUID lesson) {
        return database.select(
                        READ_ATTACHMENTS.ID,
                        READ_ATTACHMENTS.FILE_NAME,
                        READ_ATTACHMENTS.MEDIA_TYPE,
                        READ_ATTACHMENTS.SIZE_BYTES)
                .from(READ_ATTACHMENTS.call(lesson))
                .fetch(row -> new Attachment(
                        row.value1(), row.value2(), row.value3(), row.value4(), "/api/v1/attachments/" + row.value1()));
    }
}
