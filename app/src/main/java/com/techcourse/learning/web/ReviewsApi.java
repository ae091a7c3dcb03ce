package com.techcourse.learning.web;

import static com.techcourse.jooq.catalog.Tables.COURSES;
import static com.techcourse.jooq.learning.Tables.CURRENT_RATINGS;
import static com.techcourse.jooq.learning.Tables.PUBLIC_REVIEWS;
import static com.techcourse.jooq.learning.Tables.REVIEWS;

import com.techcourse.jooq.learning.tables.records.CurrentRatingsRecord;
import com.techcourse.jooq.learning.tables.records.PublicReviewsRecord;
import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What students say of courses, and what their instructors answer. */
@Api
class ReviewsApi {

    private final ActingTransactions transactions;

    ReviewsApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @PutMapping("/enrollments/{course_id}/review")
    @OpenTo("student")
    @Refuses("not-enrolled")
    @Operation(summary = "Review a course", description = "By who takes or took it; once, and changed at will.")
    Review put(Acting acting, @PathVariable("course_id") UUID courseId, @RequestBody Words words) {
        return transactions.write(acting, database -> {
            UUID review = database.insertInto(
                            REVIEWS, REVIEWS.STUDENT_ID, REVIEWS.COURSE_ID, REVIEWS.RATING, REVIEWS.BODY)
                    .values(
                            Enrolling.student(acting),
                            courseId,
                            words.stars(),
                            Objects.requireNonNullElse(words.body(), ""))
                    .onConflict(REVIEWS.STUDENT_ID, REVIEWS.COURSE_ID)
                    .doUpdate()
                    .set(REVIEWS.RATING, DSL.excluded(REVIEWS.RATING))
                    .set(REVIEWS.BODY, DSL.excluded(REVIEWS.BODY))
                    .returningResult(REVIEWS.ID)
                    .fetchSingle()
                    .value1();
            return Review.of(database.fetchSingle(
                    PUBLIC_REVIEWS, PUBLIC_REVIEWS.COURSE_ID.eq(courseId), PUBLIC_REVIEWS.REVIEW_ID.eq(review)));
        });
    }

    @DeleteMapping("/enrollments/{course_id}/review")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo("student")
    @Operation(summary = "Take a review back", description = "Its stars no longer count.")
    void delete(Acting acting, @PathVariable("course_id") UUID courseId) {
        int deleted = transactions.write(
                acting,
                database -> database.deleteFrom(REVIEWS)
                        .where(REVIEWS.STUDENT_ID.eq(Enrolling.student(acting)))
                        .and(REVIEWS.COURSE_ID.eq(courseId))
                        .execute());
        if (deleted == 0) {
            throw new Refused("not-found");
        }
    }

    @GetMapping("/courses/{slug}/reviews")
    @OpenTo(OpenTo.EVERYONE)
    @Operation(
            summary = "Reviews of a course",
            description = "Newest first, with first name and initial of the author.")
    Listing<Review> list(
            @PathVariable String slug,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        Condition below = Cursor.parse(after)
                .map(cursor -> DSL.row(PUBLIC_REVIEWS.CREATED_AT, PUBLIC_REVIEWS.REVIEW_ID)
                        .lt(cursor.time(0), cursor.uuid(1)))
                .orElseGet(DSL::noCondition);
        List<PublicReviewsRecord> rows = transactions.read(
                Acting.visitor(),
                database -> database.selectFrom(PUBLIC_REVIEWS)
                        .where(PUBLIC_REVIEWS.COURSE_ID.eq(course(database, slug)))
                        .and(below)
                        .orderBy(PUBLIC_REVIEWS.CREATED_AT.desc(), PUBLIC_REVIEWS.REVIEW_ID.desc())
                        .limit(limit.rows() + 1)
                        .fetch());
        return Listing.of(
                Page.of(rows, limit.rows(), row -> Cursor.of(row.getCreatedAt(), row.getReviewId())), Review::of);
    }

    @GetMapping("/courses/{slug}/rating")
    @OpenTo(OpenTo.EVERYONE)
    @Operation(
            summary = "How a course is rated",
            description = "How many rated it, the average, and how many gave each number of stars.")
    Stars rating(@PathVariable String slug) {
        return transactions.read(
                Acting.visitor(),
                database -> database.selectFrom(CURRENT_RATINGS)
                        .where(CURRENT_RATINGS.COURSE_ID.eq(course(database, slug)))
                        .fetchOptional(Stars::of)
                        .orElseGet(() -> new Stars(0, null, 0, 0, 0, 0, 0)));
    }

    @PutMapping("/studio/courses/{course_id}/reviews/{review_id}/reply")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo("instructor")
    @Operation(summary = "Answer a review", description = "As an instructor of the course; replaces an earlier answer.")
    void reply(
            Acting acting,
            @PathVariable("course_id") UUID courseId,
            @PathVariable("review_id") UUID reviewId,
            @RequestBody Reply reply) {
        answer(acting, courseId, reviewId, reply.body());
    }

    @DeleteMapping("/studio/courses/{course_id}/reviews/{review_id}/reply")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo("instructor")
    @Operation(summary = "Take an answer back", description = "As an instructor of the course.")
    void takeBack(Acting acting, @PathVariable("course_id") UUID courseId, @PathVariable("review_id") UUID reviewId) {
        answer(acting, courseId, reviewId, null);
    }

    private void answer(Acting acting, UUID course, UUID review, @Nullable String body) {
        boolean done = transactions.write(
                acting,
                database -> Boolean.TRUE.equals(
                        database.fetchValue("select learning.reply_to_review(?, ?, ?)", course, review, body)));
        if (!done) {
            throw new Refused("not-found");
        }
    }

    private static UUID course(DSLContext database, String slug) {
        return database.select(COURSES.ID)
                .from(COURSES)
                .where(COURSES.SLUG.eq(slug))
                .fetchOptional(COURSES.ID)
                .orElseThrow(() -> new Refused("not-found"));
    }

    /** @param body plain text; absent when only stars are given */
    record Words(
            @Schema(example = "5", minimum = "1", maximum = "5")
            Integer rating,

            @Schema(example = "Clear, and full of things to try.", maxLength = 4000) @Nullable
            String body) {

        /** Far numbers are wrong numbers, and the database says so. */
        short stars() {
            return (short) Math.clamp(rating, -1, 9);
        }
    }

    record Reply(
            @Schema(example = "Thank you for trying it all.", maxLength = 2000)
            String body) {}

    /** @param author first name and initial; absent when the person was erased */
    @Schema(name = "Review")
    record Review(
            UUID id,
            int rating,
            String body,
            OffsetDateTime createdAt,
            OffsetDateTime updatedAt,
            @Nullable String author,
            @Nullable String reply,
            @Nullable OffsetDateTime repliedAt) {

        static Review of(PublicReviewsRecord row) {
            return new Review(
                    row.getReviewId(),
                    row.getRating(),
                    row.getBody(),
                    row.getCreatedAt(),
                    row.getUpdatedAt(),
                    row.getAuthor(),
                    row.getReply(),
                    row.getRepliedAt());
        }
    }

    /** @param average 1 to 5; absent without ratings */
    @Schema(name = "CourseRating")
    record Stars(
            int ratings, @Nullable BigDecimal average, int stars1, int stars2, int stars3, int stars4, int stars5) {

        static Stars of(CurrentRatingsRecord row) {
            return new Stars(
                    row.getRatings(),
                    row.getAverage(),
                    row.getStars_1(),
                    row.getStars_2(),
                    row.getStars_3(),
                    row.getStars_4(),
                    row.getStars_5());
        }
    }
}
